/* A host of the module. */
#include "config.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/component/host.h"

const char *host_module = ".libs/pam_latchkey.so";
uid_t host_euid = 0;
gid_t host_groups[64] = { 100 };
int host_group_count = 1;
bool host_setgroups_fails = false;

/* These stand before libc's for everything this program loads. */
uid_t
geteuid(void)
{
	return host_euid;
}

int
getgroups(int size, gid_t *list)
{
	if (size > 0)
		memcpy(list, host_groups, (size_t)host_group_count * sizeof(*list));
	return host_group_count;
}

/* what _FORTIFY_SOURCE makes of it */
int host_getgroups_chk(int size, gid_t *list, size_t room) __asm__("__getgroups_chk");

int
host_getgroups_chk(int size, gid_t *list, size_t room)
{
	(void)room;
	return getgroups(size, list);
}

int
setgroups(size_t n, const gid_t *list)
{
	if (host_setgroups_fails || n > 64)
		return -1;
	memcpy(host_groups, list, n * sizeof(*list));
	host_group_count = (int)n;
	return 0;
}

static int
converse(int n, const struct pam_message **m, struct pam_response **resp, void *arg)
{
	struct host *h = arg;
	size_t at = strlen(h->seen);

	h->calls++;
	if (n != 1)
		abort();
	(void)snprintf(h->seen + at, sizeof(h->seen) - at, "%d %s\n", m[0]->msg_style, m[0]->msg);
	if (h->while_asked != NULL)
		h->while_asked();
	if (h->conv_code != PAM_SUCCESS)
		return h->conv_code;
	if ((*resp = calloc(1, sizeof(**resp))) == NULL)
		return PAM_BUF_ERR;
	if (h->answer != NULL && m[0]->msg_style <= PAM_PROMPT_ECHO_ON)
		(*resp)->resp = strdup(h->answer);
	return PAM_SUCCESS;
}

const char *
host_path(const struct host *h, const char *name)
{
	static char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", h->dir, name);
	return path;
}

static void
put_file(const struct host *h, const char *name, const char *text)
{
	FILE *f = fopen(host_path(h, name), "we");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

/*
 * The module's code comes out as it is. Only PAM_IGNORE would not: then the second line speaks,
 * with HOST_..._IGNORED.
 */
static void
put_service(const struct host *h, const char *extra)
{
	static const struct {
		const char *kind, *next;
	} lines[] = { { "auth", "pam_debug.so auth=abort" }, { "account", "pam_deny.so" },
		{ "session", "pam_deny.so" }, { "password", "pam_deny.so" } };
	const char *top = getenv("top_builddir");
	char text[4096] = "", line[1024];

	if (top == NULL)
		top = ".";
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		(void)snprintf(line, sizeof(line),
		    "%s [success=done ignore=ignore default=die] %s/%s "
		    "helper=%s/tests/support/fakehelper conf=%s/script %s\n"
		    "%s required %s\n",
		    lines[i].kind, top, host_module, top, h->dir, extra, lines[i].kind,
		    lines[i].next);
		strncat(text, line, sizeof(text) - strlen(text) - 1);
	}
	put_file(h, "pam.d/t", text);
	put_file(h, "pam.d/other", text);
}

void
host_script(const struct host *h, const char *script)
{
	put_file(h, "script", script);
}

void
host_begin(struct host *h, const char *script, const char *extra_args)
{
	struct pam_conv conv = { .conv = h->no_conv ? NULL : converse, .appdata_ptr = h };

	(void)snprintf(h->dir, sizeof(h->dir), "/tmp/latchkey-module-XXXXXX");
	if (mkdtemp(h->dir) == NULL || mkdir(host_path(h, "pam.d"), 0700) != 0)
		abort();
	put_file(h, "script", script);
	put_service(h, extra_args);
	if (pam_start_confdir("t", "alice", &conv, host_path(h, "pam.d"), &h->pamh) != PAM_SUCCESS)
		abort();
}

void
host_end(struct host *h)
{
	static const char *const made[] = { "pam.d/t", "pam.d/other", "pam.d", "script", "report" };

	(void)pam_end(h->pamh, PAM_SUCCESS);
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		(void)remove(host_path(h, made[i]));
	(void)rmdir(h->dir);
}

const char *
host_read(const struct host *h, const char *name)
{
	static char text[8192];
	FILE *f = fopen(host_path(h, name), "re");
	size_t n = 0;

	if (f != NULL) {
		n = fread(text, 1, sizeof(text) - 1, f);
		(void)fclose(f);
	}
	text[n] = '\0';
	return text;
}
