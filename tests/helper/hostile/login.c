/* One login by the real helper. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "pam_module/spawn.h"
#include "proto/chan.h"
#include "tests/helper/hostile/login.h"

#define SHOWN_MAX ((size_t)1024 * 1024)
#define SEND_MS 5000

/* What the conversation has at hand. */
struct talk {
	struct login *l;
	struct browser *browser;
	struct spawn helper;
	struct buf *packet;
	int64_t deadline; /* of the helper's next packet */
};

static bool
no(const char *what, const struct err *e)
{
	(void)printf("%s: %s\n", what, e->text);
	return false;
}

static bool
say(struct talk *t, const struct msg *m, struct err *e)
{
	int64_t until = clock_boot_ms(&clock_system) + SEND_MS;
	enum errcode r = msg_encode(t->packet, m, e);

	if (r == E_OK)
		r = chan_send(t->helper.fd, t->packet, &clock_system, until, e);
	/* its verdict may be on the way already */
	return r == E_OK || r == E_CLOSED;
}

static bool
start(struct talk *t, struct err *e)
{
	char service[] = "sshd", user[] = "alice", tty[] = "ssh", locale[] = "C", none[] = "";
	const struct msg m = { .type = MSG_START,
		.start = { .service = service,
		    .user = user,
		    .ruser = none,
		    .rhost = none,
		    .tty = tty,
		    .locale = locale,
		    .address = none } };

	t->deadline = clock_boot_ms(&clock_system) + MSG_FIRST_PATIENCE_MS;
	return say(t, &m, e);
}

static bool
show(struct talk *t, const char *text, uint32_t patience_ms)
{
	t->deadline = clock_boot_ms(&clock_system) + patience_ms;
	return buf_puts(t->l->shown, text) == E_OK && buf_puts(t->l->shown, "\n") == E_OK;
}

static bool
answer(struct talk *t, struct err *e)
{
	char enter[] = "";
	const struct msg m = { .type = MSG_ANSWER, .answer = enter };

	t->l->asked = true;
	return say(t, &m, e);
}

/* One packet of the helper's. */
static bool
act(struct talk *t, const struct msg *m, struct err *e)
{
	switch (m->type) {
	case MSG_TEXT:
		t->l->asked = t->l->asked || m->text.kind == MSG_TEXT_INFO;
		browser_look(t->browser, m->text.text);
		return show(t, m->text.text, m->text.patience_ms);
	case MSG_PROMPT:
		return show(t, m->prompt.text, m->prompt.patience_ms) && answer(t, e);
	case MSG_VERDICT:
		t->l->over = true;
		t->l->verdict = m->verdict.verdict;
		(void)snprintf(t->l->reason, sizeof(t->l->reason), "%s", m->verdict.reason);
		return true;
	case MSG_START:
	case MSG_ANSWER:
	case MSG_CANCEL:
		break;
	}
	return false;
}

static void
talk(struct talk *t, struct err *e)
{
	bool going = start(t, e);

	while (going && !t->l->over) {
		struct msg m;

		if (chan_recv(t->helper.fd, t->packet, CHAN_MAX, &clock_system, t->deadline, e) !=
		        E_OK ||
		    msg_decode(buf_data(t->packet), buf_len(t->packet), &m, e) != E_OK)
			return;
		going = act(t, &m, e);
		msg_clear(&m);
	}
}

bool
login_try(struct login *l, const char *conf, struct browser *b)
{
	const struct args a = { .helper = PKGLIBEXECDIR "/latchkey-helper", .conf = conf };
	struct talk t = { .l = l, .browser = b, .packet = buf_new(CHAN_MAX) };
	struct err e = { .code = E_OK };
	struct rusage u = { .ru_maxrss = 0 };
	int64_t began = clock_boot_ms(&clock_system);

	*l = (struct login){ .shown = buf_new(SHOWN_MAX) };
	if (l->shown == NULL || t.packet == NULL || spawn_begin(&t.helper, &a, &e) != E_OK) {
		buf_free(t.packet);
		return no("the helper does not start", &e);
	}
	talk(&t, &e);
	l->ms = clock_boot_ms(&clock_system) - began;
	spawn_end(&t.helper, &clock_system);
	buf_free(t.packet);
	if (getrusage(RUSAGE_CHILDREN, &u) == 0)
		l->kib = u.ru_maxrss;
	return l->over || no("no verdict", &e);
}

void
login_clear(struct login *l)
{
	buf_free(l->shown);
	*l = (struct login){ .over = false };
}

const char *
login_verdict_name(enum msg_verdict v)
{
	switch (v) {
	case MSG_ALLOW:
		return "allow";
	case MSG_IGNORE:
		return "ignore";
	case MSG_USER_UNKNOWN:
		return "unknown";
	case MSG_UNAVAILABLE:
		return "unavailable";
	case MSG_SYSTEM:
		return "system";
	case MSG_REFUSED:
		return "refused";
	case MSG_FORBIDDEN:
		return "forbidden";
	case MSG_CANCELLED:
		return "cancelled";
	case MSG_TOO_OFTEN:
		return "too often";
	}
	return "none";
}
