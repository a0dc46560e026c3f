/*
 * A helper that reads its part from the file behind -c. It takes START, then does line by line:
 *   text info|error WORDS    prompt WORDS    secret WORDS    patience MS (of what follows)
 *   expect answer [WORDS]    expect cancel        ends without a verdict when something else comes
 *   grant KEY=VALUE          account service group env ticket, of the verdict that follows;
 *                            account and service are START's unless given
 *   ticket DIR               writes a ticket for the caller there, and names it in the verdict
 *   verdict NAME             allow ignore unknown unavailable system refused forbidden cancelled
 *                            too-often
 *   report FILE              what it was started with
 *   start FILE               what START said
 *   close | mute | garbage HEX | sleep MS
 */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/fdio.h"
#include "common/secmem.h"
#include "proto/chan.h"
#include "proto/msg.h"
#include "proto/ticket.h"

#define PATIENCE_MS 2000

struct play {
	char **argv;
	struct buf *b;
	struct msg start;
	uint32_t patience;
	struct msg_verdict_body verdict;
	uint32_t gids[GRANT_GROUPS_MAX];
	char ticket[TICKET_NAME_LEN + 1];
	char nothing[1], reason[8], login_id[9], subject[16], name[16];
};

static _Noreturn void
fail(void)
{
	_exit(1);
}

static void
put(struct play *p, const struct msg *m)
{
	if (msg_encode(p->b, m, NULL) != E_OK ||
	    chan_send(0, p->b, &clock_system, INT64_MAX, NULL) != E_OK)
		fail();
}

static void
get(struct play *p, struct msg *m, enum msg_type want)
{
	if (chan_recv(0, p->b, CHAN_MAX, &clock_system, INT64_MAX, NULL) != E_OK ||
	    msg_decode(buf_data(p->b), buf_len(p->b), m, NULL) != E_OK || m->type != want)
		fail();
}

static void
do_text(struct play *p, char *rest)
{
	struct msg m = { .type = MSG_TEXT,
		.text = { .kind = MSG_TEXT_INFO, .patience_ms = p->patience } };

	if (strncmp(rest, "error ", 6) == 0)
		m.text.kind = MSG_TEXT_ERROR;
	m.text.text = strchr(rest, ' ') == NULL ? p->nothing : strchr(rest, ' ') + 1;
	put(p, &m);
}

static void
prompt(struct play *p, bool echo, char *text)
{
	struct msg m = { .type = MSG_PROMPT,
		.prompt = { .echo = echo, .patience_ms = p->patience, .text = text } };

	put(p, &m);
}

static void
do_prompt(struct play *p, char *rest)
{
	prompt(p, true, rest);
}

static void
do_secret(struct play *p, char *rest)
{
	prompt(p, false, rest);
}

static void
do_expect(struct play *p, char *rest)
{
	bool cancel = strcmp(rest, "cancel") == 0;
	struct msg m;

	get(p, &m, cancel ? MSG_CANCEL : MSG_ANSWER);
	if (!cancel && strncmp(rest, "answer ", 7) == 0 && strcmp(rest + 7, m.answer) != 0)
		fail();
	msg_clear(&m);
}

static void
do_grant(struct play *p, char *rest)
{
	struct grant *g = &p->verdict.grant;
	char *value = strchr(rest, '=');

	if (value == NULL)
		fail();
	*value++ = '\0';
	if (strcmp(rest, "account") == 0)
		g->account = strdup(value);
	else if (strcmp(rest, "service") == 0)
		g->service = strdup(value);
	else if (strcmp(rest, "ticket") == 0)
		p->verdict.ticket = strdup(value);
	else if (strcmp(rest, "group") == 0)
		p->gids[g->gid_count++] = (uint32_t)strtoul(value, NULL, 10);
	else if (strcmp(rest, "env") != 0 ||
	    strlist_add(&g->env, value, strlen(value), GRANT_ENV_MAX) != E_OK)
		fail();
}

static void
fill_grant(struct play *p)
{
	struct grant *g = &p->verdict.grant;

	if (g->account == NULL)
		g->account = p->start.start.user;
	if (g->service == NULL)
		g->service = p->start.start.service;
	g->login_id = p->login_id;
	g->subject = p->subject;
	g->username = p->name;
	g->gids = p->gids;
}

static void
do_ticket(struct play *p, char *rest)
{
	struct ticket t = { .written = clock_boot_ms(&clock_system) };
	uint8_t raw[TICKET_NAME_LEN / 2];
	char path[512];
	int32_t ppid, none;
	uid_t uid;
	pid_t pid;
	int fd;

	fill_grant(p);
	t.grant = p->verdict.grant;
	if (!secmem_random(raw, sizeof(raw)) || chan_peer(0, &pid, &uid, NULL) != E_OK ||
	    !ticket_boot_id(t.boot_id) || !ticket_process_read(pid, &t.caller, &ppid) ||
	    !ticket_process_read(ppid, &t.parent, &none))
		fail();
	for (size_t i = 0; i < sizeof(raw); i++)
		(void)snprintf(p->ticket + 2 * i, 3, "%02x", raw[i]);
	(void)snprintf(path, sizeof(path), "%s/%s", rest, p->ticket);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || ticket_encode(p->b, &t, NULL) != E_OK ||
	    fdio_write_all(fd, buf_data(p->b), buf_len(p->b)) != E_OK)
		fail();
	fdio_close(&fd);
	p->verdict.ticket = p->ticket;
}

static void
do_verdict(struct play *p, char *rest)
{
	static const struct {
		const char *name;
		enum msg_verdict verdict;
	} table[] = { { "allow", MSG_ALLOW }, { "ignore", MSG_IGNORE },
		{ "unknown", MSG_USER_UNKNOWN }, { "unavailable", MSG_UNAVAILABLE },
		{ "system", MSG_SYSTEM }, { "refused", MSG_REFUSED },
		{ "forbidden", MSG_FORBIDDEN }, { "cancelled", MSG_CANCELLED },
		{ "too-often", MSG_TOO_OFTEN } };
	struct msg m = { .type = MSG_VERDICT };

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(rest, table[i].name) == 0)
			p->verdict.verdict = table[i].verdict;
	if (p->verdict.verdict == MSG_ALLOW)
		fill_grant(p);
	else
		p->verdict.grant = (struct grant){ 0 };
	m.verdict = p->verdict;
	put(p, &m);
}

static void
report_fds(FILE *f)
{
	DIR *d = opendir("/proc/self/fd");
	struct dirent *de;

	if (d == NULL)
		fail();
	(void)fprintf(f, "fds");
	for (int fd = 0; fd < 1024; fd++)
		if (fd != fileno(f) && fd != dirfd(d) && fcntl(fd, F_GETFD) >= 0)
			(void)fprintf(f, " %d", fd);
	(void)fprintf(f, "\n");
	while ((de = readdir(d)) != NULL)
		continue;
	(void)closedir(d);
}

static void
do_report(struct play *p, char *rest)
{
	FILE *f = fopen(rest, "we"), *status = fopen("/proc/self/status", "re");
	char line[256];

	if (f == NULL || status == NULL)
		fail();
	for (char **a = p->argv; *a != NULL; a++)
		(void)fprintf(f, "arg %s\n", *a);
	for (char **v = environ; *v != NULL; v++)
		(void)fprintf(f, "env %s\n", *v);
	while (fgets(line, sizeof(line), status) != NULL)
		if (strncmp(line, "Sig", 3) == 0 && strncmp(line, "SigQ", 4) != 0)
			(void)fputs(line, f);
	(void)fclose(status);
	report_fds(f);
	(void)fclose(f);
}

static void
do_start(struct play *p, char *rest)
{
	const struct msg_start *s = &p->start.start;
	FILE *f = fopen(rest, "we");

	if (f == NULL)
		fail();
	(void)fprintf(f,
	    "service=%s\nuser=%s\nruser=%s\nrhost=%s\ntty=%s\nlocale=%s\naddress=%s\nflags=%#"
	    "x\nfactor=%d\n",
	    s->service, s->user, s->ruser, s->rhost, s->tty, s->locale, s->address, s->flags,
	    s->factor);
	(void)fclose(f);
}

static void
do_garbage(struct play *p, char *rest)
{
	char two[3] = "";

	buf_reset(p->b);
	for (; rest[0] != '\0' && rest[1] != '\0'; rest += 2) {
		memcpy(two, rest, 2);
		if (buf_put_u8(p->b, (uint8_t)strtoul(two, NULL, 16)) != E_OK)
			fail();
	}
	if (chan_send(0, p->b, &clock_system, INT64_MAX, NULL) != E_OK)
		fail();
}

static void
do_patience(struct play *p, char *rest)
{
	p->patience = (uint32_t)strtoul(rest, NULL, 10);
}

static void
do_sleep(struct play *p, char *rest)
{
	(void)p;
	(void)usleep((useconds_t)strtoul(rest, NULL, 10) * 1000);
}

static void
do_close(struct play *p, char *rest)
{
	(void)p;
	(void)rest;
	_exit(0);
}

/* Deaf to the end of the channel as well: the module has to kill it. */
static void
do_mute(struct play *p, char *rest)
{
	(void)p;
	(void)rest;
	for (;;)
		(void)pause();
}

static void
line_play(struct play *p, char *line)
{
	static const struct {
		const char *word;
		void (*play)(struct play *, char *);
	} table[] = { { "text", do_text }, { "prompt", do_prompt }, { "secret", do_secret },
		{ "expect", do_expect }, { "grant", do_grant }, { "ticket", do_ticket },
		{ "verdict", do_verdict }, { "report", do_report }, { "start", do_start },
		{ "garbage", do_garbage }, { "patience", do_patience }, { "sleep", do_sleep },
		{ "close", do_close }, { "mute", do_mute } };
	char *rest = strchr(line, ' ');

	if (rest != NULL)
		*rest++ = '\0';
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(line, table[i].word) == 0) {
			table[i].play(p, rest == NULL ? p->nothing : rest);
			return;
		}
	if (line[0] != '\0' && line[0] != '#')
		fail();
}

int
main(int argc, char **argv)
{
	static struct play p = { .reason = "script",
		.login_id = "3f9c01aa",
		.subject = "subject-1",
		.name = "Alice A",
		.patience = PATIENCE_MS };
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	FILE *script;

	p.argv = argv;
	p.verdict.reason = p.reason;
	p.verdict.login_id = p.login_id;
	p.verdict.ticket = p.nothing;
	if (argc < 3 || strcmp(argv[1], "-c") != 0 || (script = fopen(argv[2], "re")) == NULL ||
	    (p.b = buf_new(CHAN_MAX)) == NULL)
		fail();
	get(&p, &p.start, MSG_START);
	while ((len = getline(&line, &room, script)) >= 0) {
		if (len > 0 && line[len - 1] == '\n')
			line[len - 1] = '\0';
		line_play(&p, line);
	}
	return 0;
}
