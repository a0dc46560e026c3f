/* An outcome as JSON: the members are promised. */
#include "config.h"

#include <jansson.h>

#include "tests/unit/cli/explained.h"

static json_t *
printed(struct explained *x)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	json_t *j;

	assert_non_null(f);
	find(x);
	assert_true(outcome_print_json(&x->o, f));
	assert_int_equal(fclose(f), 0);
	j = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	free(text);
	assert_true(json_is_object(j));
	return j;
}

/* Exactly these members, in this order. */
static void
members(const json_t *o, const char *wanted)
{
	char found[256] = "";
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)o, key, v)
	{
		(void)strcat(found, found[0] == '\0' ? "" : " ");
		(void)strcat(found, key);
	}
	assert_string_equal(found, wanted);
}

static const char *
text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void
an_allowed_login_has_every_member(void **state)
{
	struct explained *x = *state;
	const json_t *o;
	json_t *j;

	settle(x, "session_env = yes\n[group daemon]\ngroups = linux-users\n");
	x->ask.person.claim[0] = "sub=s-1";
	x->ask.person.claim[1] = "amr=mfa";
	x->ask.person.claim[2] = "auth_time=7";
	x->ask.person.claim[3] = "acr=gold";
	x->ask.person.groups = "linux-users,x";
	j = printed(x);
	members(j, "verdict pam reason text rule service person account rules groups environment");
	assert_string_equal(text_of(j, "verdict"), "allow");
	assert_string_equal(text_of(j, "pam"), "PAM_SUCCESS");
	assert_string_equal(text_of(j, "reason"), "ok");
	assert_string_equal(text_of(j, "rule"), "[login] allow_groups: linux-users");
	assert_string_equal(text_of(j, "service"), "sshd");
	o = json_object_get(j, "person");
	members(o, "name sub acr amr auth_time groups other_groups");
	assert_string_equal(text_of(o, "name"), "daemon");
	assert_string_equal(text_of(o, "sub"), "s-1");
	assert_string_equal(text_of(o, "acr"), "gold");
	assert_int_equal(json_integer_value(json_object_get(o, "auth_time")), 7);
	assert_int_equal(json_array_size(json_object_get(o, "amr")), 1);
	assert_int_equal(json_array_size(json_object_get(o, "groups")), 1);
	assert_int_equal(json_integer_value(json_object_get(o, "other_groups")), 1);
	o = json_object_get(j, "account");
	members(o, "name exists uid shared groups");
	assert_true(json_is_true(json_object_get(o, "exists")));
	assert_true(json_is_false(json_object_get(o, "shared")));
	assert_int_equal(json_integer_value(json_object_get(o, "uid")), 1);
	assert_int_equal(json_array_size(json_object_get(j, "rules")), OUTCOME_RULES);
	o = json_array_get(json_object_get(j, "rules"), VERDICT_PIN);
	members(o, "rule answer text");
	assert_string_equal(text_of(o, "rule"), "pin");
	assert_string_equal(text_of(o, "answer"), "yes");
	assert_int_equal(json_array_size(json_object_get(j, "groups")), 1);
	assert_int_equal(json_array_size(json_object_get(j, "environment")), 2);
	json_decref(j);
}

static void
what_is_not_known_is_null(void **state)
{
	struct explained *x = *state;
	const json_t *o;
	json_t *j;

	x->ask.person.groups = NULL;
	j = printed(x);
	members(j, "verdict pam reason text rule service person account rules groups environment");
	assert_string_equal(text_of(j, "verdict"), "deny");
	assert_string_equal(text_of(j, "rule"), "[login] allow_groups");
	o = json_object_get(j, "person");
	assert_true(json_is_null(json_object_get(o, "groups")));
	assert_true(json_is_null(json_object_get(o, "sub")));
	assert_true(json_is_null(json_object_get(o, "acr")));
	assert_true(json_is_null(json_object_get(o, "auth_time")));
	o = json_array_get(json_object_get(j, "rules"), VERDICT_ALLOW_RULE);
	assert_string_equal(text_of(o, "answer"), "no");
	o = json_array_get(json_object_get(j, "rules"), VERDICT_CEILING);
	assert_string_equal(text_of(o, "answer"), "unasked");
	assert_int_equal(json_array_size(json_object_get(j, "groups")), 0);
	json_decref(j);
	x->ask.person.name = "no-such-account-here";
	j = printed(x);
	assert_true(json_is_null(json_object_get(j, "rule")));
	o = json_object_get(j, "account");
	assert_true(json_is_false(json_object_get(o, "exists")));
	assert_true(json_is_null(json_object_get(o, "uid")));
	json_decref(j);
}

static void
a_refused_login_gets_nothing(void **state)
{
	struct explained *x = *state;
	json_t *j;

	settle(x,
	    "[group daemon]\ngroups = linux-users\n[group no-such-group-here]\n"
	    "groups = linux-users\n");
	j = printed(x);
	assert_string_equal(text_of(j, "verdict"), "unavailable");
	assert_string_equal(text_of(j, "reason"), "cfg.group");
	assert_int_equal(json_array_size(json_object_get(j, "groups")), 0);
	json_decref(j);
	settle(x, "[account daemon]\nusers = daemon\n");
	j = printed(x);
	assert_string_equal(
	    text_of(json_array_get(json_object_get(j, "rules"), VERDICT_NAME), "answer"), "spared");
	json_decref(j);
}

static void
text_that_is_no_utf_8_is_not_written(void **state)
{
	struct explained *x = *state;
	FILE *f = fopen("/dev/null", "w");

	assert_non_null(f);
	x->ask.account = "\xff";
	find(x);
	assert_false(outcome_print_json(&x->o, f));
	assert_int_equal(fclose(f), 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(an_allowed_login_has_every_member),
		T(what_is_not_known_is_null),
		T(a_refused_login_gets_nothing),
		T(text_that_is_no_utf_8_is_not_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
