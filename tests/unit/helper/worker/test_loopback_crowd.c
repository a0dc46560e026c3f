/* Who else comes to the loopback redirect. */
#include "config.h"

#include <stdlib.h>

#include "tests/support/unit.h"

#include "tests/support/loopback_world.h"

#define CROWD 100

static bool
junk(const struct world *x, unsigned n)
{
	bool ok = true;

	for (unsigned i = 0; i < n && ok; i++)
		ok = ask(x, i % 2 == 0 ? "&" : GOOD "&x=%zz") == 400;
	return ok;
}

static bool
some_junk_then_good(const struct world *x)
{
	return junk(x, LOOPBACK_JUNK) && good(x);
}

static bool
too_much_junk(const struct world *x)
{
	return junk(x, LOOPBACK_JUNK + 1);
}

/* C-045 cb.junk.* */
static void
junk_has_a_limit(void **state)
{
	struct world *x = *state;

	gives_the_code(x, some_junk_then_good);
	open_at(x, "http://127.0.0.1/callback");
	fails(x, too_much_junk, 9000, E_CB, "cb.junk");
	assert_true(is_refused(x));
}

/* Connections that say nothing, or not all of it. */
static bool
open_crowd(const struct world *x, int fd[CROWD], const char *text)
{
	for (size_t i = 0; i < CROWD; i++)
		if ((fd[i] = dial_it(x)) < 0 || !send_all(fd[i], text, strlen(text)))
			return false;
	return true;
}

static bool
good_among_idle(const struct world *x)
{
	int fd[CROWD];

	return open_crowd(x, fd, "") && good(x);
}

static bool
good_among_half(const struct world *x)
{
	int fd[CROWD];

	return open_crowd(x, fd, "GET /callback?code=") && good(x);
}

static bool
all_at_once(const struct world *x)
{
	char *text = request(x, GOOD);
	int fd[CROWD], ok = 0;

	for (size_t i = 0; i < CROWD; i++)
		if ((fd[i] = dial_it(x)) >= 0)
			(void)send_all(fd[i], text, strlen(text));
	for (size_t i = 0; i < CROWD; i++)
		ok += fd[i] >= 0 && status_from(fd[i]) == 200;
	return ok == 1;
}

static bool
one_more_takes_the_oldest_place(const struct world *x)
{
	char *text = request(x, GOOD), byte;
	int fd[LOOPBACK_VISITORS + 2];

	for (size_t i = 0; i < LOOPBACK_VISITORS + 2; i++)
		if ((fd[i] = dial_it(x)) < 0 || !send_all(fd[i], "G", 1))
			return false;
	return read(fd[0], &byte, 1) == 0 && read(fd[1], &byte, 1) == 0 &&
	    send_all(fd[LOOPBACK_VISITORS], text + 1, strlen(text + 1)) &&
	    status_from(fd[LOOPBACK_VISITORS]) == 200;
}

/* H-50 */
static void
the_oldest_gives_way(void **state)
{
	gives_the_code(*state, one_more_takes_the_oldest_place);
}

/* H-50 cb.parallel: port scanners and the like */
static void
a_crowd_is_in_nobodys_way(void **state)
{
	struct world *x = *state;

	gives_the_code(x, good_among_idle);
	open_at(x, "http://127.0.0.1/callback");
	gives_the_code(x, good_among_half);
	open_at(x, "http://127.0.0.1/callback");
	gives_the_code(x, all_at_once);
}

static bool
slowly(const struct world *x)
{
	char *text = request(x, GOOD);
	int fd = dial_it(x);

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (!send_all(fd, text + i, 1))
			return false;
		(void)usleep(2000);
	}
	return status_from(fd) == 200;
}

/* H-50 cb.slow */
static void
a_slow_browser_is_served(void **state)
{
	gives_the_code(*state, slowly);
}

static bool
long_then_good(const struct world *x)
{
	const size_t size = 1 << 20;
	char *s = malloc(size);
	int fd = dial_it(x);

	memset(s, 'a', size);
	memcpy(s, "GET /", 5);
	if (!send_all(fd, s, size) || status_from(fd) != 414)
		return false;
	free(s);
	return good(x);
}

/* H-50 cb.long */
static void
a_megabyte_is_answered(void **state)
{
	gives_the_code(*state, long_then_good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(junk_has_a_limit),
		CASE(a_crowd_is_in_nobodys_way),
		CASE(the_oldest_gives_way),
		CASE(a_slow_browser_is_served),
		CASE(a_megabyte_is_answered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
