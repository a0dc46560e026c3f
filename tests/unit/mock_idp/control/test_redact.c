/* Requests as they may be shown to anybody. */
#include "config.h"

#include <string.h>

#include "mock_idp/control/redact.h"
#include "tests/support/unit.h"

/* Takes o over; the text stays until the next call. */
static const char *
member(json_t *o, const char *name)
{
	static char kept[1024];
	const char *s = json_string_value(json_object_get(o, name));

	assert_true(s == NULL || strlen(s) < sizeof(kept));
	strcpy(kept, s == NULL ? "" : s);
	json_decref(o);
	return kept;
}

static void
check_target(const char *target, const char *want)
{
	json_t *v = redact_target(target);

	assert_non_null(v);
	assert_string_equal(json_string_value(v), want);
	json_decref(v);
}

static void
parameters_that_are_secret_are_present(void **state)
{
	static const char *const secret[] = { "client_secret", "code", "device_code", "user_code",
		"access_token", "refresh_token", "id_token_hint", "client_assertion",
		"code_verifier", "password", "csrf", "token", "request" };

	(void)state;
	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++) {
		struct pairs p = { .n = 0 };

		assert_int_equal(pairs_add(&p, secret[i], "hush"), E_OK);
		assert_string_equal(member(redact_params(&p), secret[i]), "present");
		pairs_clear(&p);
		/* that there is nothing is no secret */
		assert_int_equal(pairs_add(&p, secret[i], ""), E_OK);
		assert_string_equal(member(redact_params(&p), secret[i]), "");
		pairs_clear(&p);
	}
}

static void
other_parameters_are_shown_by_their_first_value(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(pairs_add(&p, "scope", "a b"), E_OK);
	assert_int_equal(pairs_add(&p, "scope", "c"), E_OK);
	assert_int_equal(pairs_add(&p, "a\xff", "\xfe"), E_OK);
	assert_string_equal(member(redact_params(&p), "scope"), "a b");
	assert_string_equal(member(redact_params(&p), "a\\xff"), "\\xfe");
	pairs_clear(&p);
}

static void
long_values_are_cut(void **state)
{
	char value[2000];
	json_t *v;

	(void)state;
	memset(value, 'a', sizeof(value));
	value[sizeof(value) - 1] = '\0';
	v = redact_text(value);
	assert_int_equal(json_string_length(v), 511);
	json_decref(v);
}

static void
of_headers_the_harmless_ones_are_shown(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(pairs_add(&p, "host", "a.test"), E_OK);
	assert_int_equal(pairs_add(&p, "authorization", "Basic hush"), E_OK);
	assert_int_equal(pairs_add(&p, "cookie", "hush"), E_OK);
	assert_int_equal(pairs_add(&p, "x-api-key", "hush"), E_OK);
	assert_int_equal(pairs_add(&p, "referer", "https://a.test/?code=hush"), E_OK);
	assert_string_equal(member(redact_headers(&p), "host"), "a.test");
	assert_string_equal(member(redact_headers(&p), "authorization"), "Basic present");
	assert_string_equal(member(redact_headers(&p), "cookie"), "present");
	assert_string_equal(member(redact_headers(&p), "x-api-key"), "present");
	assert_string_equal(member(redact_headers(&p), "referer"), "present");
	pairs_clear(&p);
	assert_int_equal(pairs_add(&p, "authorization", "\xff\xfe"), E_OK);
	assert_string_equal(member(redact_headers(&p), "authorization"), " present");
	pairs_clear(&p);
}

static void
targets_keep_their_spelling_and_no_secret(void **state)
{
	(void)state;
	check_target("/a", "/a");
	check_target("/a?", "/a?");
	check_target("/a?b=%20&&c&b=1+2", "/a?b=%20&&c&b=1+2");
	check_target("/a?code=hush&x=1&c%6Fde=hush", "/a?code=present&x=1&c%6Fde=present");
	check_target("/a?code=&code", "/a?code=&code");
	check_target("/a?access_token=a=b?c", "/a?access_token=present");
	check_target("/a?%zz=1", "/a?%zz=1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_that_are_secret_are_present),
		cmocka_unit_test(other_parameters_are_shown_by_their_first_value),
		cmocka_unit_test(long_values_are_cut),
		cmocka_unit_test(of_headers_the_harmless_ones_are_shown),
		cmocka_unit_test(targets_keep_their_spelling_and_no_secret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
