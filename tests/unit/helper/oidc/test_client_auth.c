/* Client authentication. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/secmem.h"
#include "helper/oidc/client_auth.h"
#include "tests/support/unit.h"

struct result {
	enum errcode r;
	struct buf *body;
	char *header;
};

static struct result
prove(const struct client_auth *a)
{
	struct result x = { .body = buf_new(4096) };

	assert_non_null(x.body);
	x.r = client_auth_apply(x.body, &x.header, a);
	return x;
}

static struct result
apply(enum client_auth_method m, const char *id, const char *secret)
{
	return prove(&(struct client_auth){ m, id, secret, NULL });
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

/* RFC 7521 section 4.2 */
static void
an_assertion_stands_in_the_body(void **state)
{
	static const enum client_auth_method both[] = { CLIENT_AUTH_SECRET_JWT,
		CLIENT_AUTH_KEY_JWT };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct result x =
		    prove(&(struct client_auth){ both[i], "a", "never sent", "h.p.s" });

		assert_int_equal(x.r, E_OK);
		assert_string_equal(buf_cstr(x.body),
		    "client_id=a&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"
		    "client-assertion-type%3Ajwt-bearer&client_assertion=h.p.s");
		assert_null(x.header);
		clear(&x);
	}
}

static void
a_method_without_what_it_needs_is_refused(void **state)
{
	static const struct client_auth lame[] = {
		{ CLIENT_AUTH_BASIC, "a", NULL, "h.p.s" },
		{ CLIENT_AUTH_POST, "a", NULL, "h.p.s" },
		{ CLIENT_AUTH_SECRET_JWT, "a", "s", NULL },
		{ CLIENT_AUTH_KEY_JWT, "a", "s", NULL },
		{ CLIENT_AUTH_AUTO, "a", "s", "h.p.s" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lame) / sizeof(lame[0]); i++) {
		struct result x = prove(&lame[i]);

		assert_int_equal(x.r, E_CFG);
		assert_int_equal(buf_len(x.body), 0);
		assert_null(x.header);
		clear(&x);
	}
}

/* What is configured, and what the provider lists ("" for nothing), make this; or refuse. */
static enum errcode
choose(enum client_auth_method *m, enum client_auth_method wanted, const char *secret, bool key,
    const char *offer, struct err *e)
{
	struct strlist l = { .n = 0 };
	enum errcode r;

	for (size_t n; *offer != '\0'; offer += n + (offer[n] == ' ')) {
		n = strcspn(offer, " ");
		assert_int_equal(strlist_add(&l, offer, n, 16), E_OK);
	}
	*e = (struct err){ .code = E_OK };
	r = client_auth_choose(m, wanted, secret, key, &l, e);
	strlist_clear(&l);
	return r;
}

static void
makes(enum client_auth_method expected, const char *secret, bool key, const char *offer)
{
	enum client_auth_method m = CLIENT_AUTH_AUTO;
	struct err e;

	if (choose(&m, CLIENT_AUTH_AUTO, secret, key, offer, &e) != E_OK)
		fail_msg("%s: %s", offer, e.text);
	if (m != expected)
		fail_msg("%s: made %s, expected %s", offer, client_auth_name(m),
		    client_auth_name(expected));
}

#define LONG "a-secret-of-32-characters-or-more"
#define AUTHELIA "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none"
#define KEYCLOAK                                                                                   \
	"private_key_jwt client_secret_basic client_secret_post tls_client_auth client_secret_jwt"

/* C-013; the lists are those of real providers */
static void
auto_is_what_fits_both(void **state)
{
	(void)state;
	makes(CLIENT_AUTH_NONE, "", false, "");
	makes(CLIENT_AUTH_NONE, "", false, AUTHELIA);
	/* Dex, authentik, Rauthy: public clients work, and the list does not say so */
	makes(CLIENT_AUTH_NONE, "", false, "client_secret_basic client_secret_post");
	/* RFC 8414 section 2 */
	makes(CLIENT_AUTH_BASIC, LONG, false, "");
	/* Authelia and Zitadel take the registered one alone, which is this by default */
	makes(CLIENT_AUTH_BASIC, LONG, false, AUTHELIA);
	makes(CLIENT_AUTH_BASIC, "short", false,
	    "none client_secret_basic client_secret_post private_key_jwt");
	/* Dex and Rauthy list Basic, and their device endpoints do not read it */
	makes(CLIENT_AUTH_POST, LONG, false, "client_secret_basic client_secret_post");
	makes(CLIENT_AUTH_POST, LONG, false, KEYCLOAK);
	makes(CLIENT_AUTH_POST, LONG, false, "client_secret_post none");
	makes(CLIENT_AUTH_BASIC, LONG, false, "client_secret_basic");
	makes(CLIENT_AUTH_SECRET_JWT, LONG, false, "client_secret_jwt private_key_jwt");
	makes(CLIENT_AUTH_KEY_JWT, "", true, KEYCLOAK);
	makes(CLIENT_AUTH_KEY_JWT, "", true, "");
}

static void
unfit(enum client_auth_method wanted, const char *secret, bool key, const char *offer,
    const char *sentence)
{
	enum client_auth_method m = CLIENT_AUTH_AUTO;
	struct err e;

	assert_int_equal(choose(&m, wanted, secret, key, offer, &e), E_CFG);
	assert_int_equal(m, CLIENT_AUTH_AUTO);
	assert_string_equal(e.reason, "disc.auth");
	if (strstr(e.text, sentence) == NULL)
		fail_msg("found    %s\nexpected %s", e.text, sentence);
}

/* C-013 */
static void
what_is_not_offered_is_refused_in_words(void **state)
{
	enum client_auth_method m = CLIENT_AUTH_AUTO;
	struct err e;

	(void)state;
	unfit(CLIENT_AUTH_AUTO, "", true, "client_secret_basic none",
	    "client_auth = private_key_jwt (auto: by what is configured), but the provider offers "
	    "client_secret_basic, none; configure what the client is registered with");
	unfit(CLIENT_AUTH_AUTO, "short", false, "client_secret_jwt", "= client_secret_basic (auto");
	unfit(CLIENT_AUTH_POST, "s", false, "client_secret_basic",
	    "client_auth = client_secret_post, but the provider offers client_secret_basic;");
	unfit(CLIENT_AUTH_SECRET_JWT, LONG, false, "client_secret_basic", "client_secret_jwt, but");
	unfit(CLIENT_AUTH_KEY_JWT, "", true, "client_secret_jwt", "private_key_jwt, but");
	/* nothing that we could prove ourselves by */
	unfit(CLIENT_AUTH_NONE, "", false, "tls_client_auth", "none, but the provider offers tls");
	unfit(
	    CLIENT_AUTH_AUTO, "", false, "tls_client_auth x\033[2J", "tls_client_auth, x\\x1b[2J");
	assert_int_equal(choose(&m, CLIENT_AUTH_POST, "s", false, "", &e), E_OK);
	assert_int_equal(m, CLIENT_AUTH_POST);
	assert_int_equal(choose(&m, CLIENT_AUTH_NONE, "", false, "client_secret_post", &e), E_OK);
	assert_int_equal(m, CLIENT_AUTH_NONE);
}

static void
a_long_list_is_cut(void **state)
{
	char offer[2048] = "";
	size_t at = 0;

	(void)state;
	for (unsigned i = 0; i < 16; i++)
		at += (size_t)snprintf(offer + at, sizeof(offer) - at,
		    "%sa_method_of_a_name_that_is_long_enough_%u", i > 0 ? " " : "", i);
	unfit(CLIENT_AUTH_NONE, "", false, offer, "but the provider offers a_method_of");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_public_client_names_itself_in_the_body_only),
		cmocka_unit_test(basic_encodes_both_halves_first),
		cmocka_unit_test(post_puts_the_secret_into_the_body),
		cmocka_unit_test(an_assertion_stands_in_the_body),
		cmocka_unit_test(a_method_without_what_it_needs_is_refused),
		cmocka_unit_test(auto_is_what_fits_both),
		cmocka_unit_test(what_is_not_offered_is_refused_in_words),
		cmocka_unit_test(a_long_list_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
