/* latchkey login: a login without PAM, through the same helper and policy, step by step. */
#include "config.h"

#include <grp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/child.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "common/fdio.h"
#include "proto/chan.h"
#include "proto/msg.h"
#include "proto/ticket.h"

#define SEND_MS 10000

static const char usage[] =
    "usage: latchkey login [USER] [--service NAME] [--flow auto|device|loopback] [--conf FILE]\n"
    "                      [--helper FILE]\n";

struct run {
	struct child child;
	struct buf *packet;
	int64_t began, deadline; /* boot ms; of the helper's next packet */
	bool over, allowed;
};

static void step(const struct run *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void
step(const struct run *l, const char *fmt, ...)
{
	int64_t ms = clock_boot_ms(&clock_system) - l->began;
	va_list ap;

	(void)printf("%4ld.%03ld s  ", (long)(ms / 1000), (long)(ms % 1000));
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	(void)putchar('\n');
	(void)fflush(stdout);
}

static enum errcode
say(struct run *l, const struct msg *m, struct err *e)
{
	enum errcode r = msg_encode(l->packet, m, e);

	if (r == E_OK)
		r = chan_send(l->child.fd, l->packet, &clock_system,
		    clock_boot_ms(&clock_system) + SEND_MS, e);
	return r == E_CLOSED ? E_OK : r; /* its verdict may be on the way already */
}

/* The terminal as PAM has it: hosts name one without asking whether it is a terminal. */
static enum errcode
start(struct run *l, char *user, char *service, struct err *e)
{
	char none[] = "", tty[64] = "";
	const struct msg m = { .type = MSG_START,
		.start = { .service = service,
		    .user = user,
		    .ruser = none,
		    .rhost = none,
		    .tty = tty,
		    .locale = none,
		    .address = none } };

	if (isatty(0))
		(void)!ttyname_r(0, tty, sizeof(tty));
	l->deadline = l->began + MSG_FIRST_PATIENCE_MS;
	step(l, "%s at %s", user, service);
	return say(l, &m, e);
}

/* Once more a person: what they type is never looked at but for its end. */
static enum errcode
ask(struct run *l, const struct msg_prompt *p, struct err *e)
{
	char enter[] = "";
	const struct msg answer = { .type = MSG_ANSWER, .answer = enter };
	const struct msg cancel = { .type = MSG_CANCEL, .cancel = MSG_CANCEL_CONVERSATION };
	int c;

	step(l, "prompt");
	(void)fputs(p->text, stdout);
	(void)fflush(stdout);
	do
		c = getchar();
	while (c != '\n' && c != EOF);
	if (!isatty(0) || c == EOF)
		(void)putchar('\n');
	step(l, c == EOF ? "end of input" : "Enter");
	l->deadline = clock_boot_ms(&clock_system) + p->patience_ms;
	return say(l, c == EOF ? &cancel : &answer, e);
}

static void
print_groups(const struct grant *g)
{
	for (size_t i = 0; i < g->gid_count; i++) {
		const struct group *gr = getgrgid(g->gids[i]);

		(void)printf(i == 0 ? "%12sgroups: " : ", ", "");
		if (gr != NULL)
			(void)printf("%s", gr->gr_name);
		else
			(void)printf("%lu", (unsigned long)g->gids[i]);
	}
	if (g->gid_count > 0)
		(void)putchar('\n');
}

/* No session follows that could redeem it. */
static void
drop_ticket(const char *name)
{
	char path[sizeof(RUNSTATEDIR) + 64];

	if (!ticket_is_name(name))
		return;
	(void)snprintf(path, sizeof(path), "%s/latchkey/tickets/%s", RUNSTATEDIR, name);
	(void)unlink(path);
}

static void
conclude(struct run *l, const struct msg_verdict_body *v)
{
	static const struct {
		enum msg_verdict verdict;
		const char *what;
	} table[] = {
		{ MSG_ALLOW, "allowed (PAM_SUCCESS)" },
		{ MSG_IGNORE, "exempt (PAM_IGNORE)" },
		{ MSG_USER_UNKNOWN, "unknown (PAM_USER_UNKNOWN)" },
		{ MSG_UNAVAILABLE, "unavailable (PAM_AUTHINFO_UNAVAIL)" },
		{ MSG_SYSTEM, "failed (PAM_SYSTEM_ERR)" },
		{ MSG_REFUSED, "refused (PAM_AUTH_ERR)" },
		{ MSG_FORBIDDEN, "forbidden (PAM_PERM_DENIED)" },
		{ MSG_CANCELLED, "cancelled (PAM_CONV_ERR)" },
		{ MSG_TOO_OFTEN, "too often (PAM_MAXTRIES)" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].verdict == v->verdict)
			step(l, "%s, reason %s, login %s", table[i].what, v->reason, v->login_id);
	l->over = true;
	l->allowed = v->verdict == MSG_ALLOW;
	if (l->allowed)
		print_groups(&v->grant);
	drop_ticket(v->ticket);
}

static enum errcode
act(struct run *l, const struct msg *m, struct err *e)
{
	switch (m->type) {
	case MSG_TEXT:
		l->deadline = clock_boot_ms(&clock_system) + m->text.patience_ms;
		step(l, "%s\n%s", m->text.kind == MSG_TEXT_ERROR ? "message" : "text", m->text.text);
		return E_OK;
	case MSG_PROMPT:
		return ask(l, &m->prompt, e);
	case MSG_VERDICT:
		conclude(l, &m->verdict);
		return E_OK;
	case MSG_START:
	case MSG_ANSWER:
	case MSG_CANCEL:
		break;
	}
	return err_set(e, E_FORMAT, NULL, "the helper said what only we say");
}

static enum errcode
talk(struct run *l, struct err *e)
{
	enum errcode r = E_OK;

	while (r == E_OK && !l->over) {
		struct msg m;

		if ((r = chan_recv(l->child.fd, l->packet, CHAN_MAX, &clock_system, l->deadline,
		         e)) == E_OK &&
		    (r = msg_decode(buf_data(l->packet), buf_len(l->packet), &m, e)) == E_OK) {
			r = act(l, &m, e);
			msg_clear(&m);
		}
	}
	return r;
}

static int
run(const struct child_options *o, char *user, char *service)
{
	struct run l = { .child = { -1, -1 }, .packet = buf_new(CHAN_MAX) };
	struct err e = { .code = E_OK };
	enum errcode r = E_NOMEM;

	l.began = clock_boot_ms(&clock_system);
	if (l.packet != NULL && (r = child_start(&l.child, o, &e)) == E_OK &&
	    (r = start(&l, user, service, &e)) == E_OK)
		r = talk(&l, &e);
	child_end(&l.child);
	buf_free(l.packet);
	if (r != E_OK)
		(void)fprintf(stderr, "latchkey login: no verdict: %s\n", e.text);
	return l.allowed ? CLI_OK : CLI_REFUSED;
}

static bool
is_flow(const char *s)
{
	return strcmp(s, "auto") == 0 || strcmp(s, "device") == 0 || strcmp(s, "loopback") == 0;
}

int
login_main(int argc, char *argv[])
{
	struct child_options o = { .helper = NULL };
	const char *service = NULL, *user = NULL;
	const struct words_row rows[] = {
		{ NULL, &user, NULL },
		{ "--service", &service, NULL },
		{ "--flow", &o.flow, NULL },
		{ "--conf", &o.conf, NULL },
		{ "--helper", &o.helper, NULL },
	};
	char who[MSG_ITEM_MAX + 1], what[MSG_ITEM_MAX + 1];

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv))
		return CLI_USAGE;
	if (user == NULL)
		user = getenv("SUDO_USER");
	if (user == NULL || *user == '\0' || (o.flow != NULL && !is_flow(o.flow))) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	if (o.helper == NULL)
		o.helper = PKGLIBEXECDIR "/latchkey-helper";
	if (service == NULL)
		service = "login";
	if (snprintf(who, sizeof(who), "%s", user) >= (int)sizeof(who) ||
	    snprintf(what, sizeof(what), "%s", service) >= (int)sizeof(what)) {
		(void)fputs("latchkey login: a name that is too long\n", stderr);
		return CLI_USAGE;
	}
	return run(&o, who, what);
}
