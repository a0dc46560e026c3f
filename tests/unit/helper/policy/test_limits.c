/* Which budgets a login spends from. C-163 dev.rate */
#include "config.h"

#include <string.h>

#include "helper/policy/limits.h"
#include "tests/support/unit.h"

#define NOW 1000000

static const struct settings_limits settings = { .window = 600,
	.address = 3,
	.network = 6,
	.account = 5,
	.known = 4,
	.factor = 2,
	.local = 7,
	.pending = 3,
	.remember = 100 };

static struct budget b;

static int
set_up(void **state)
{
	(void)state;
	b = (struct budget){ .n = 0 };
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	budget_clear(&b);
	return 0;
}

static struct limits
of(const char *account, const char *address, bool known, bool factor)
{
	struct limits_who who = { .account = account, .known = known, .factor = factor };
	struct limits l;

	origin_of(&who.origin, address, "");
	limits_of(&l, &settings, &who);
	return l;
}

/* Starts until it is refused; how often it was not, and by which setting it then was. */
static unsigned
starts(const char *account, const char *address, bool known, bool factor, const char *setting)
{
	struct limits l = of(account, address, known, factor);
	struct err e = { .code = E_OK };
	unsigned n = 0;

	while (limits_start(&l, &b, NOW, &e) == E_OK)
		assert_true(++n < 100);
	assert_string_equal(e.reason, "limit.start");
	assert_non_null(strstr(e.text, setting));
	return n;
}

static void
a_stranger_spends_from_the_addresses_limit(void **state)
{
	(void)state;
	assert_int_equal(starts("alice", "203.0.113.5", false, false, "[limits] address"), 3);
	assert_int_equal(starts("bob", "203.0.113.5", false, false, "[limits] address"), 0);
	assert_int_equal(starts("bob", "203.0.113.6", false, false, "[limits] address"), 3);
}

static void
many_addresses_spend_from_the_accounts(void **state)
{
	(void)state;
	assert_int_equal(starts("alice", "203.0.113.5", false, false, "[limits] address"), 3);
	assert_int_equal(starts("alice", "203.0.113.6", false, false, "[limits] account"), 2);
	assert_int_equal(starts("alice", "203.0.113.7", false, false, "[limits] account"), 0);
}

/* A site has 65,536 networks of 64 bits to come from. */
static void
an_ipv6_site_spends_from_its_own(void **state)
{
	(void)state;
	assert_int_equal(starts("a", "2001:db8:1:1::1", false, false, "[limits] address"), 3);
	assert_int_equal(starts("b", "2001:db8:1:1::2", false, false, "[limits] address"), 0);
	assert_int_equal(starts("c", "2001:db8:1:2::1", false, false, "[limits] address"), 3);
	assert_int_equal(starts("d", "2001:db8:1:3::1", false, false, "[limits] network"), 0);
	assert_int_equal(starts("d", "2001:db8:2:1::1", false, false, "[limits] address"), 3);
}

/* The purpose of it all: a stranger who spent everything locks out nobody who is known. */
static void
a_stranger_locks_nobody_out(void **state)
{
	(void)state;
	(void)starts("alice", "203.0.113.5", false, false, "");
	(void)starts("alice", "203.0.113.6", false, false, "");
	assert_int_equal(starts("alice", "203.0.113.5", true, false, "[limits] known"), 4);
	assert_int_equal(starts("alice", "198.51.100.9", true, false, "[limits] known"), 4);
	assert_int_equal(starts("alice", "203.0.113.5", false, true, "[limits] factor"), 2);
	assert_int_equal(starts("alice", "", false, false, "[limits] local"), 7);
	assert_int_equal(starts("bob", "", false, false, "[limits] local"), 7);
}

static void
a_refused_start_spends_nothing(void **state)
{
	struct limits stranger = of("alice", "203.0.113.5", false, false);
	struct err e;

	(void)state;
	(void)starts("alice", "203.0.113.5", false, false, "[limits] address");
	for (int i = 0; i < 50; i++) {
		e = (struct err){ .code = E_OK };
		assert_int_equal(limits_start(&stranger, &b, NOW, &e), E_BUSY);
	}
	/* nothing of the account's: two of its five are left */
	assert_int_equal(starts("alice", "203.0.113.6", false, false, "[limits] account"), 2);
}

static void
polls_in_vain_have_a_limit_of_the_host(void **state)
{
	struct limits one = of("alice", "203.0.113.5", false, false),
	              two = of("bob", "203.0.113.6", false, false),
	              own = of("alice", "203.0.113.5", true, false);
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(limits_pending(&one, &b, NOW, &e), E_OK);
	assert_int_equal(limits_pending(&two, &b, NOW, &e), E_OK);
	assert_int_equal(limits_pending(&one, &b, NOW, &e), E_OK);
	assert_int_equal(limits_pending(&two, &b, NOW, &e), E_BUSY);
	assert_string_equal(e.reason, "limit.pending");
	for (int i = 0; i < 3; i++)
		assert_int_equal(limits_pending(&own, &b, NOW, NULL), E_OK);
	assert_int_equal(limits_pending(&own, &b, NOW, NULL), E_BUSY);
}

static void
a_host_that_cannot_show_the_prompt_pays_five_times(void **state)
{
	struct limits l = of("alice", "", false, false);

	(void)state;
	assert_int_equal(limits_start(&l, &b, NOW, NULL), E_OK);
	assert_int_equal(limits_unshown(&l, &b, NOW), E_OK);
	assert_int_equal(starts("alice", "", false, false, "[limits] local"), 2);
}

static void
a_line_a_minute_is_logged_for_each(void **state)
{
	struct limits l = of("alice", "203.0.113.5", false, false),
	              other = of("alice", "203.0.113.6", false, false);

	(void)state;
	assert_true(limits_may_log(&l, &b, NOW));
	assert_false(limits_may_log(&l, &b, NOW + 59999));
	assert_true(limits_may_log(&other, &b, NOW));
	assert_true(limits_may_log(&l, &b, NOW + 60000));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_stranger_spends_from_the_addresses_limit),
		CASE(many_addresses_spend_from_the_accounts),
		CASE(an_ipv6_site_spends_from_its_own),
		CASE(a_stranger_locks_nobody_out),
		CASE(a_refused_start_spends_nothing),
		CASE(polls_in_vain_have_a_limit_of_the_host),
		CASE(a_host_that_cannot_show_the_prompt_pays_five_times),
		CASE(a_line_a_minute_is_logged_for_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
