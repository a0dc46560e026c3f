/* How a login ended, for the module and for the log. */
#include "config.h"

#include <string.h>
#include <syslog.h>

#include "helper/report.h"
#include "tests/support/unit.h"

static void
each_class_has_the_verdict_of_the_table(void **state)
{
	static const struct {
		enum errcode code;
		enum msg_verdict verdict;
	} row[] = {
		{ E_OK, MSG_ALLOW },
		{ E_NOMEM, MSG_SYSTEM },
		{ E_SYS, MSG_SYSTEM },
		{ E_LIMIT, MSG_SYSTEM },
		{ E_FORMAT, MSG_SYSTEM },
		{ E_CFG, MSG_UNAVAILABLE },
		{ E_NET, MSG_UNAVAILABLE },
		{ E_TLS, MSG_UNAVAILABLE },
		{ E_PROTO, MSG_UNAVAILABLE },
		{ E_TIMEOUT, MSG_REFUSED },
		{ E_KEYS, MSG_REFUSED },
		{ E_TOK, MSG_REFUSED },
		{ E_CLM, MSG_REFUSED },
		{ E_CB, MSG_REFUSED },
		{ E_DENY, MSG_REFUSED },
		{ E_EXP, MSG_REFUSED },
		{ E_NAME, MSG_REFUSED },
		{ E_POL, MSG_FORBIDDEN },
		{ E_CLOSED, MSG_CANCELLED },
		{ E_CONV, MSG_CANCELLED },
		{ E_BUSY, MSG_TOO_OFTEN },
		{ E_UNKNOWN, MSG_USER_UNKNOWN },
	};

	(void)state;
	assert_int_equal(sizeof(row) / sizeof(row[0]), E_UNKNOWN + 1);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_int_equal(report_verdict(row[i].code), row[i].verdict);
}

/* AUTHINFO_UNAVAIL and IGNORE lead a stack on; nothing that a person can bring about may. */
static void
a_class_that_is_none_is_the_systems_failure(void **state)
{
	(void)state;
	assert_int_equal(report_verdict((enum errcode)(E_UNKNOWN + 1)), MSG_SYSTEM);
	assert_string_equal(report_verdict_name((enum msg_verdict)0), "none");
}

static void
the_log_has_its_own_word_for_each_verdict(void **state)
{
	(void)state;
	assert_string_equal(report_verdict_name(MSG_ALLOW), "allow");
	assert_string_equal(report_verdict_name(MSG_IGNORE), "ignore");
	assert_string_equal(report_verdict_name(MSG_USER_UNKNOWN), "unknown");
	assert_string_equal(report_verdict_name(MSG_UNAVAILABLE), "unavailable");
	assert_string_equal(report_verdict_name(MSG_SYSTEM), "error");
	assert_string_equal(report_verdict_name(MSG_REFUSED), "deny");
	assert_string_equal(report_verdict_name(MSG_FORBIDDEN), "deny");
	assert_string_equal(report_verdict_name(MSG_CANCELLED), "cancel");
	assert_string_equal(report_verdict_name(MSG_TOO_OFTEN), "limit");
}

static void
a_configuration_error_is_critical_and_a_refusal_a_notice(void **state)
{
	(void)state;
	assert_int_equal(report_priority(MSG_UNAVAILABLE, E_CFG), LOG_CRIT);
	assert_int_equal(report_priority(MSG_UNAVAILABLE, E_NET), LOG_WARNING);
	assert_int_equal(report_priority(MSG_SYSTEM, E_SYS), LOG_ERR);
	assert_int_equal(report_priority(MSG_REFUSED, E_DENY), LOG_NOTICE);
	assert_int_equal(report_priority(MSG_ALLOW, E_OK), LOG_INFO);
	assert_int_equal(report_priority(MSG_IGNORE, E_OK), LOG_INFO);
}

static struct report
sample(void)
{
	return (struct report){ .login_id = "3f9c01aa",
		.verdict = MSG_REFUSED,
		.reason = "usr.other",
		.why = "\"bob\" approved",
		.user = "alice",
		.service = "sshd",
		.rhost = "203.0.113.5",
		.tty = "",
		.ruser = NULL,
		.sub = "s-1",
		.name = "bob",
		.rule = "",
		.groups = "",
		.ms = 8123 };
}

static void
a_refusal_is_one_line_that_says_why(void **state)
{
	struct report r = sample();
	struct logline l;

	(void)state;
	report_line(&l, &r);
	assert_string_equal(l.text,
	    "login=3f9c01aa verdict=deny reason=usr.other user=alice service=sshd "
	    "rhost=203.0.113.5 sub=s-1 name=bob ms=8123 why=\"'bob' approved\"");
}

static void
an_allowed_login_names_its_rule_and_groups_and_no_why(void **state)
{
	struct report r = sample();
	struct logline l;

	(void)state;
	r.verdict = MSG_ALLOW;
	r.reason = "ok";
	r.name = "alice";
	r.flow = report_flow_name(IDENTITY_LOOPBACK);
	r.rule = "[login] allow_groups: linux-users";
	r.groups = "sudo,docker";
	report_line(&l, &r);
	assert_string_equal(l.text,
	    "login=3f9c01aa verdict=allow reason=ok user=alice service=sshd rhost=203.0.113.5 "
	    "flow=loopback sub=s-1 name=alice groups=sudo,docker rule=\"[login] allow_groups: "
	    "linux-users\" "
	    "ms=8123");
}

static void
a_flow_that_was_not_chosen_has_no_word(void **state)
{
	(void)state;
	assert_string_equal(report_flow_name(IDENTITY_DEVICE), "device");
	assert_string_equal(report_flow_name((enum identity_flow)0), "");
}

/* H-48 */
static void
a_name_cannot_forge_a_second_line_or_a_pair(void **state)
{
	struct report r = sample();
	struct logline l;

	(void)state;
	r.user = "x\nlogin=0 verdict=allow";
	report_line(&l, &r);
	assert_null(strchr(l.text, '\n'));
	assert_non_null(strstr(l.text, "user=\"x\\x0alogin=0 verdict=allow\" "));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_class_has_the_verdict_of_the_table),
		cmocka_unit_test(a_class_that_is_none_is_the_systems_failure),
		cmocka_unit_test(the_log_has_its_own_word_for_each_verdict),
		cmocka_unit_test(a_configuration_error_is_critical_and_a_refusal_a_notice),
		cmocka_unit_test(a_refusal_is_one_line_that_says_why),
		cmocka_unit_test(an_allowed_login_names_its_rule_and_groups_and_no_why),
		cmocka_unit_test(a_flow_that_was_not_chosen_has_no_word),
		cmocka_unit_test(a_name_cannot_forge_a_second_line_or_a_pair),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
