/* Compact JWS, taken apart. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/jose/compact.h"
#include "tests/support/unit.h"

/* {"alg":"none"} and {"iss":"joe"} */
#define HEADER "eyJhbGciOiJub25lIn0"
#define CLAIMS "eyJpc3MiOiJqb2UifQ"

static void
three_segments_are_read(void **state)
{
	struct compact c;

	(void)state;
	assert_true(compact_read(&c, HEADER "." CLAIMS ".AQID"));
	assert_string_equal(compact_string(c.header, "alg"), "none");
	assert_string_equal(compact_string(c.claims, "iss"), "joe");
	assert_null(compact_string(c.claims, "sub"));
	assert_int_equal(c.siglen, 3);
	assert_memory_equal(c.sig, "\1\2\3", 3);
	assert_int_equal(c.covered, sizeof(HEADER "." CLAIMS) - 1);
	compact_clear(&c);
	assert_null(c.claims);
	assert_true(compact_read(&c, HEADER "." CLAIMS "."));
	assert_int_equal(c.siglen, 0);
	compact_clear(&c);
}

static void
nothing_else_is(void **state)
{
	static const char *const broken[] = { "", ".", "..", HEADER, HEADER "." CLAIMS,
		HEADER "." CLAIMS ".AQID.", HEADER "." CLAIMS ".AQID.AQID",
		HEADER "." CLAIMS ".AQID=", HEADER "." CLAIMS ".A+ID", HEADER "." CLAIMS ".AQI ",
		/* no JSON, an array, a name twice, a text behind it */
		"AQID." CLAIMS ".AQID", HEADER ".W10.AQID", HEADER ".eyJhIjoxLCJhIjoyfQ.AQID",
		HEADER ".e30g.AQID.", HEADER ".e30x.AQID", "." CLAIMS ".AQID" };
	struct compact c;

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		assert_false(compact_read(&c, broken[i]));
		assert_null(c.header);
		assert_null(c.claims);
	}
}

/* {"a":"AAA..."} with n times "AAA" in it. */
static char *
long_header(size_t n, const char *signature)
{
	char *text = malloc(n * 4 + 64 + strlen(signature)), *at = text;

	assert_non_null(text);
	at = stpcpy(at, "eyJhIjoi");
	for (size_t i = 0; i < n; i++)
		at = stpcpy(at, "QUFB");
	at = stpcpy(at, "In0." CLAIMS ".");
	(void)stpcpy(at, signature);
	return text;
}

static void
its_length_has_an_end(void **state)
{
	struct compact c;
	char *text;

	(void)state;
	text = long_header((COMPACT_MAX - 40) / 4, "");
	assert_true(compact_read(&c, text));
	compact_clear(&c);
	free(text);
	text = long_header(COMPACT_MAX / 4, "");
	assert_false(compact_read(&c, text));
	free(text);
}

static void
so_has_its_signature(void **state)
{
	char signature[1367 + 1];
	struct compact c;
	char *text;

	(void)state;
	memset(signature, 'A', sizeof(signature) - 1);
	signature[1366] = signature[1367] = '\0';
	text = long_header(1, signature);
	assert_true(compact_read(&c, text));
	assert_int_equal(c.siglen, COMPACT_SIG_MAX);
	compact_clear(&c);
	free(text);
	signature[1366] = 'A';
	text = long_header(1, signature);
	assert_false(compact_read(&c, text));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_segments_are_read),
		cmocka_unit_test(nothing_else_is),
		cmocka_unit_test(its_length_has_an_end),
		cmocka_unit_test(so_has_its_signature),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
