/* The module's end of [A] as a test plays it: messages sent in advance, answers taken later. */
#ifndef TESTS_SUPPORT_MODULE_END_H
#define TESTS_SUPPORT_MODULE_END_H

#include <stdio.h>

#include "common/clock.h"
#include "proto/chan.h"
#include "proto/msg.h"
#include "tests/support/unit.h"

#define MODULE_END_MS 3000

static inline void
module_end_send(int fd, const struct msg *m)
{
	struct buf *b = buf_new(CHAN_MAX);

	assert_non_null(b);
	assert_int_equal(msg_encode(b, m, NULL), E_OK);
	assert_int_equal(
	    chan_send(fd, b, &clock_system, clock_boot_ms(&clock_system) + MODULE_END_MS, NULL),
	    E_OK);
	buf_free(b);
}

static inline void
module_end_start_from(int fd, const char *service, const char *user, const char *rhost)
{
	char s[64], u[64], from[64], empty[] = "";
	struct msg m = { .type = MSG_START,
		.start = { .service = s,
		    .user = u,
		    .ruser = empty,
		    .rhost = from,
		    .tty = empty,
		    .locale = empty,
		    .address = empty } };

	(void)snprintf(s, sizeof(s), "%s", service);
	(void)snprintf(u, sizeof(u), "%s", user);
	(void)snprintf(from, sizeof(from), "%s", rhost == NULL ? "" : rhost);
	module_end_send(fd, &m);
}

static inline void
module_end_start(int fd, const char *service, const char *user)
{
	module_end_start_from(fd, service, user, NULL);
}

static inline void
module_end_answer(int fd, const char *answer)
{
	char text[64];
	struct msg m = { .type = MSG_ANSWER, .answer = text };

	(void)snprintf(text, sizeof(text), "%s", answer);
	module_end_send(fd, &m);
}

static inline void
module_end_cancel(int fd, enum msg_cancel why)
{
	module_end_send(fd, &(struct msg){ .type = MSG_CANCEL, .cancel = why });
}

/* The helper's next message (msg_clear), or how the channel failed. */
static inline enum errcode
module_end_take(int fd, struct msg *m, int64_t ms)
{
	struct buf *b = buf_new(CHAN_MAX);
	enum errcode r;

	assert_non_null(b);
	r = chan_recv(fd, b, CHAN_MAX, &clock_system, clock_boot_ms(&clock_system) + ms, NULL);
	if (r == E_OK)
		r = msg_decode(buf_data(b), buf_len(b), m, NULL);
	buf_free(b);
	return r;
}

/* The same where one message of this type must come. */
static inline void
module_end_expect(int fd, enum msg_type type, struct msg *m)
{
	assert_int_equal(module_end_take(fd, m, MODULE_END_MS), E_OK);
	assert_int_equal(m->type, type);
}

#endif
