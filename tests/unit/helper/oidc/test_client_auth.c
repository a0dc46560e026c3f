/* Client authentication. */
#include "config.h"

#include "common/secmem.h"
#include "helper/oidc/client_auth.h"
#include "tests/support/unit.h"

struct result {
	enum errcode r;
	struct buf *body;
	char *header;
};

static struct result
apply(enum client_auth_method m, const char *id, const char *secret)
{
	struct result x = { .body = buf_new(4096) };

	assert_non_null(x.body);
	x.r = client_auth_apply(x.body, &x.header, m, id, secret);
	return x;
}

static void
clear(struct result *x)
{
	buf_free(x->body);
	secmem_freestr(x->header);
}

/* C-048, C-150 */
static void
a_public_client_names_itself_in_the_body_only(void **state)
{
	struct result x = apply(CLIENT_AUTH_NONE, "linux login", NULL);

	(void)state;
	assert_int_equal(x.r, E_OK);
	assert_string_equal(buf_cstr(x.body), "client_id=linux+login");
	assert_null(x.header);
	clear(&x);
}

/* C-047: aladdin / open sesame:%+ form-encoded, then base64 */
static void
basic_encodes_both_halves_first(void **state)
{
	struct result x = apply(CLIENT_AUTH_BASIC, "al:a", "s %+:\xc3\xbc");

	(void)state;
	assert_int_equal(x.r, E_OK);
	assert_string_equal(buf_cstr(x.body), "client_id=al%3Aa");
	/* al%3Aa:s+%25%2B%3A%C3%BC */
	assert_string_equal(x.header, "Authorization: Basic YWwlM0FhOnMrJTI1JTJCJTNBJUMzJUJD");
	clear(&x);
	x = apply(CLIENT_AUTH_BASIC, "a", "b");
	assert_string_equal(x.header, "Authorization: Basic YTpi");
	clear(&x);
	x = apply(CLIENT_AUTH_BASIC, "a", "bc");
	assert_string_equal(x.header, "Authorization: Basic YTpiYw==");
	clear(&x);
}

static void
post_puts_the_secret_into_the_body(void **state)
{
	struct result x = apply(CLIENT_AUTH_POST, "a", "p&q=r");

	(void)state;
	assert_int_equal(x.r, E_OK);
	assert_string_equal(buf_cstr(x.body), "client_id=a&client_secret=p%26q%3Dr");
	assert_null(x.header);
	clear(&x);
}

static void
a_method_without_its_secret_is_refused(void **state)
{
	struct result x = apply(CLIENT_AUTH_BASIC, "a", NULL);

	(void)state;
	assert_int_equal(x.r, E_CFG);
	assert_int_equal(buf_len(x.body), 0);
	clear(&x);
	x = apply(CLIENT_AUTH_POST, "a", NULL);
	assert_int_equal(x.r, E_CFG);
	clear(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_public_client_names_itself_in_the_body_only),
		cmocka_unit_test(basic_encodes_both_halves_first),
		cmocka_unit_test(post_puts_the_secret_into_the_body),
		cmocka_unit_test(a_method_without_its_secret_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
