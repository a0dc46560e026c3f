/* Origins that the operator agreed to. */
#include "config.h"

#include "helper/oidc/origin.h"
#include "tests/support/unit.h"

static struct url
url(const char *s)
{
	struct url u;

	assert_int_equal(url_parse(s, &u, NULL), E_OK);
	return u;
}

/* C-007, H-46 */
static void
compares_whole_origins_and_never_a_suffix(void **state)
{
	const struct url issuer = url("https://idp.example/base");
	struct strlist extra = { .n = 0 };
	struct url u;

	(void)state;
	assert_int_equal(strlist_add(&extra, "https://other.example:8443", 26, 4), E_OK);
	u = url("https://idp.example:443/elsewhere");
	assert_true(origin_allowed(&u, &issuer, NULL));
	u = url("https://other.example:8443/x");
	assert_true(origin_allowed(&u, &issuer, &extra));
	assert_false(origin_allowed(&u, &issuer, NULL));
	u = url("https://other.example/x");
	assert_false(origin_allowed(&u, &issuer, &extra));
	u = url("https://idp.example:444/");
	assert_false(origin_allowed(&u, &issuer, &extra));
	u = url("https://evil.idp.example/");
	assert_false(origin_allowed(&u, &issuer, &extra));
	u = url("https://idp.example.evil/");
	assert_false(origin_allowed(&u, &issuer, &extra));
	strlist_clear(&extra);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_whole_origins_and_never_a_suffix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
