/* Discovery documents. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/metadata.h"
#include "tests/support/golden.h"
#include "tests/support/unit.h"

#define ISSUER "https://idp.example"

/* A golden document with one member changed (raw JSON), left out (NULL), or added. */
static char *
document(const char *name, const char *raw)
{
	static const struct golden_member golden[] = {
		{ "issuer", "\"" ISSUER "\"" },
		{ "jwks_uri", "\"" ISSUER "/jwks.json\"" },
		{ "token_endpoint", "\"" ISSUER "/token\"" },
		{ "device_authorization_endpoint", "\"" ISSUER "/device\"" },
		{ "userinfo_endpoint", "\"" ISSUER "/userinfo\"" },
		{ "authorization_endpoint", "\"" ISSUER "/auth\"" },
		{ "pushed_authorization_request_endpoint", "\"" ISSUER "/par\"" },
		{ "require_pushed_authorization_requests", "false" },
		{ "code_challenge_methods_supported", "[\"plain\",\"S256\"]" },
		{ "authorization_response_iss_parameter_supported", "true" },
		{ "revocation_endpoint", "\"" ISSUER "/revoke\"" },
		{ "token_endpoint_auth_methods_supported", "[\"client_secret_basic\",\"none\"]" },
		{ "grant_types_supported",
		    "[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]" },
	};

	return golden_with(golden, sizeof(golden) / sizeof(golden[0]), name, raw);
}

static enum errcode
parse_for(enum metadata_flow flow, struct metadata **out, const char *name, const char *raw,
    struct err *e)
{
	char *s = document(name, raw);
	enum errcode r;

	*e = (struct err){ .code = E_OK };
	*out = NULL;
	r = metadata_parse(out, s, strlen(s), ISSUER, NULL, flow, e);
	free(s);
	return r;
}

static enum errcode
parse(struct metadata **out, const char *name, const char *raw, struct err *e)
{
	return parse_for(METADATA_DEVICE, out, name, raw, e);
}

static void
refused_for(enum metadata_flow flow, const char *name, const char *raw, const char *reason)
{
	struct metadata *m;
	struct err e;

	assert_int_equal(parse_for(flow, &m, name, raw, &e), E_PROTO);
	assert_string_equal(e.reason, reason);
	assert_null(m);
}

static void
refused(const char *name, const char *raw, const char *reason)
{
	refused_for(METADATA_DEVICE, name, raw, reason);
}

static void
accepted_for(enum metadata_flow flow, const char *name, const char *raw)
{
	struct metadata *m;
	struct err e;

	assert_int_equal(parse_for(flow, &m, name, raw, &e), E_OK);
	metadata_free(m);
}

static void
accepted(const char *name, const char *raw)
{
	accepted_for(METADATA_DEVICE, name, raw);
}

/* C-001 */
static void
looks_below_the_issuer_with_one_slash_less(void **state)
{
	static const char *const rows[][2] = {
		{ "https://a.example", "https://a.example/.well-known/openid-configuration" },
		{ "https://a.example/", "https://a.example/.well-known/openid-configuration" },
		{ "https://a.example/b/c",
		    "https://a.example/b/c/.well-known/openid-configuration" },
		{ "https://a.example/b//",
		    "https://a.example/b//.well-known/openid-configuration" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *s = metadata_url(rows[i][0]);

		assert_string_equal(s, rows[i][1]);
		free(s);
	}
}

static void
takes_a_golden_document(void **state)
{
	struct metadata *m;
	struct err e;

	(void)state;
	assert_int_equal(parse(&m, "", NULL, &e), E_OK);
	assert_string_equal(m->issuer, ISSUER);
	assert_string_equal(m->jwks_uri, ISSUER "/jwks.json");
	assert_string_equal(m->token_endpoint, ISSUER "/token");
	assert_string_equal(m->device_authorization_endpoint, ISSUER "/device");
	assert_string_equal(m->userinfo_endpoint, ISSUER "/userinfo");
	assert_int_equal(m->auth_methods.n, 2);
	assert_null(m->authorization_endpoint);
	assert_string_equal(m->revocation_endpoint, ISSUER "/revoke");
	metadata_free(m);
	assert_int_equal(parse_for(METADATA_LOOPBACK, &m, "", NULL, &e), E_OK);
	assert_string_equal(m->authorization_endpoint, ISSUER "/auth");
	assert_string_equal(m->par_endpoint, ISSUER "/par");
	assert_true(m->iss_always);
	assert_false(m->par_required);
	assert_null(m->device_authorization_endpoint);
	metadata_free(m);
}

/* C-004 disc.iss.*, H-37 */
static void
refuses_every_other_issuer(void **state)
{
	static const char *const bad[] = { NULL, "null", "5", "[\"" ISSUER "\"]", "\"\"",
		"\"" ISSUER "/\"", "\"" ISSUER ":443\"", "\"https://IDP.example\"",
		"\"https://idp.example%2f\"", "\"https://idp.example.evil\"",
		"\"http://idp.example\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("issuer", bad[i], "disc.iss");
}

static void
names_both_issuers_safely(void **state)
{
	struct metadata *m;
	struct err e;

	(void)state;
	assert_int_equal(parse(&m, "issuer", "\"https://evil\\u001b[2J\"", &e), E_PROTO);
	assert_non_null(strstr(e.text, "https://evil\\x1b[2J"));
	assert_non_null(strstr(e.text, ISSUER));
}

/* C-006 disc.ep.*, C-155 */
static void
refuses_endpoints_that_are_no_https_url(void **state)
{
	static const char *const names[][3] = {
		{ "jwks_uri", "token_endpoint", "device_authorization_endpoint" },
		{ "userinfo_endpoint", "authorization_endpoint",
		    "pushed_authorization_request_endpoint" },
	};

	(void)state;
	for (enum metadata_flow f = METADATA_DEVICE; f <= METADATA_LOOPBACK; f++)
		for (size_t i = 0; i < 3; i++) {
			const char *name = names[f][i];

			refused_for(f, name, "\"http://idp.example/x\"", "disc.ep.url");
			refused_for(f, name, "\"/relative\"", "disc.ep.url");
			refused_for(f, name, "\"https://idp.example/#frag\"", "disc.ep.url");
			refused_for(f, name, "\"https://idp.example@evil/\"", "disc.ep.url");
			refused_for(f, name, "5", "disc.ep.type");
			refused_for(f, name, "[]", "disc.ep.type");
			refused_for(f, name, "\"https://evil.example/x\"", "disc.ep.foreign");
		}
}

static void
refuses_a_provider_without_a_needed_endpoint(void **state)
{
	static const char *const empty[] = { NULL, "null", "\"\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		refused("jwks_uri", empty[i], "disc.ep.missing");
		refused("token_endpoint", empty[i], "disc.ep.missing");
		refused_for(
		    METADATA_LOOPBACK, "authorization_endpoint", empty[i], "disc.ep.missing");
	}
}

/* C-008: what the other flow needs is an extra endpoint, whatever it is */
static void
a_flow_does_not_fail_for_what_it_does_not_need(void **state)
{
	static const char *const bad[] = { NULL, "5", "\"http://idp.example/x\"",
		"\"https://evil.example/x\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		accepted("authorization_endpoint", bad[i]);
		accepted("pushed_authorization_request_endpoint", bad[i]);
		accepted("code_challenge_methods_supported", bad[i]);
		accepted("authorization_response_iss_parameter_supported", bad[i]);
		accepted("require_pushed_authorization_requests", bad[i]);
		accepted("revocation_endpoint", bad[i]);
		accepted_for(METADATA_LOOPBACK, "device_authorization_endpoint", bad[i]);
		accepted_for(METADATA_LOOPBACK, "revocation_endpoint", bad[i]);
	}
	accepted("require_pushed_authorization_requests", "true");
}

/* C-007: a token never goes elsewhere, not even to be revoked */
static void
tokens_are_revoked_at_the_issuers_origin_alone(void **state)
{
	struct metadata *m;
	struct err e;

	(void)state;
	assert_int_equal(parse(&m, "revocation_endpoint", "\"https://evil.example/x\"", &e), E_OK);
	assert_null(m->revocation_endpoint);
	metadata_free(m);
}

/* C-011 disc.pkce.* */
static void
refuses_a_provider_that_has_no_s256(void **state)
{
	static const char *const bad[] = { "[\"plain\"]", "[]", "[\"s256\"]", "\"S256\"", "[1]",
		"{}" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused_for(
		    METADATA_LOOPBACK, "code_challenge_methods_supported", bad[i], "disc.pkce");
	accepted_for(METADATA_LOOPBACK, "code_challenge_methods_supported", NULL);
	accepted_for(METADATA_LOOPBACK, "code_challenge_methods_supported", "null");
	accepted_for(METADATA_LOOPBACK, "code_challenge_methods_supported", "[\"S256\"]");
}

/* C-012 disc.issparam.* */
static void
whether_iss_comes_is_true_or_false(void **state)
{
	static const char name[] = "authorization_response_iss_parameter_supported";
	static const char *const silent[] = { NULL, "null", "false" };
	struct metadata *m;
	struct err e;

	(void)state;
	refused_for(METADATA_LOOPBACK, name, "\"true\"", "disc.issparam");
	refused_for(METADATA_LOOPBACK, name, "1", "disc.issparam");
	for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
		assert_int_equal(parse_for(METADATA_LOOPBACK, &m, name, silent[i], &e), E_OK);
		assert_false(m->iss_always);
		metadata_free(m);
	}
}

/* A golden document where that member has another name. */
static char *
document_without(const char *name, const char *raw, const char *other)
{
	char *s = document(name, raw), *at = strstr(s, other);

	*at = 'x';
	return s;
}

/* C-016 disc.par.req */
static void
who_requires_par_has_an_endpoint_for_it(void **state)
{
	static const char name[] = "require_pushed_authorization_requests",
	                  endpoint[] = "pushed_authorization_request_endpoint";
	struct metadata *m;
	struct err e;
	char *s;

	(void)state;
	refused_for(METADATA_LOOPBACK, name, "\"true\"", "disc.par");
	refused_for(METADATA_LOOPBACK, name, "1", "disc.par");
	assert_int_equal(parse_for(METADATA_LOOPBACK, &m, name, "true", &e), E_OK);
	assert_true(m->par_required);
	metadata_free(m);
	accepted_for(METADATA_LOOPBACK, endpoint, NULL);
	accepted_for(METADATA_LOOPBACK, name, NULL);
	s = document_without(name, "true", endpoint);
	e = (struct err){ .code = E_OK };
	assert_int_equal(
	    metadata_parse(&m, s, strlen(s), ISSUER, NULL, METADATA_LOOPBACK, &e), E_PROTO);
	assert_string_equal(e.reason, "disc.par");
	free(s);
}

/* C-009 disc.null, C-020 */
static void
optional_members_may_be_absent_null_or_empty(void **state)
{
	static const char *const empty[] = { NULL, "null", "\"\"" };
	struct metadata *m;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		assert_int_equal(parse(&m, "userinfo_endpoint", empty[i], &e), E_OK);
		assert_null(m->userinfo_endpoint);
		metadata_free(m);
		assert_int_equal(parse(&m, "device_authorization_endpoint", empty[i], &e), E_OK);
		assert_null(m->device_authorization_endpoint);
		metadata_free(m);
	}
	accepted("grant_types_supported", "[]");
	accepted("token_endpoint_auth_methods_supported", NULL);
	accepted("token_endpoint_auth_methods_supported", "null");
	accepted("grant_types_supported", NULL);
}

/* C-007 disc.ep.foreign */
static void
other_origins_are_good_when_the_operator_lists_them(void **state)
{
	struct strlist extra = { .n = 0 };
	struct metadata *m = NULL;
	char *s = document("token_endpoint", "\"https://oauth2.example:8443/token\"");

	(void)state;
	assert_int_equal(strlist_add(&extra, "https://oauth2.example:8443", 27, 4), E_OK);
	assert_int_equal(
	    metadata_parse(&m, s, strlen(s), ISSUER, &extra, METADATA_DEVICE, NULL), E_OK);
	metadata_free(m);
	strlist_clear(&extra);
	free(s);
}

/* C-008 disc.extra, C-010 disc.alg.hs, C-015 disc.signed */
static void
members_of_no_concern_are_ignored(void **state)
{
	(void)state;
	accepted("x", "{\"y\":[1,2]}");
	accepted("end_session_endpoint", "\"http://evil\"");
	accepted("id_token_signing_alg_values_supported", "[\"HS256\",\"none\"]");
	accepted("signed_metadata", "\"e.e.e\"");
}

/* C-013, C-014 disc.grant */
static void
refuses_lists_that_are_none_and_a_provider_without_the_grant(void **state)
{
	(void)state;
	accepted_for(METADATA_LOOPBACK, "grant_types_supported", "[\"authorization_code\"]");
	refused_for(METADATA_LOOPBACK, "grant_types_supported",
	    "[\"urn:ietf:params:oauth:grant-type:device_code\"]", "disc.grant");
	refused("grant_types_supported", "[\"authorization_code\"]", "disc.grant");
	refused("grant_types_supported", "\"authorization_code\"", "disc.grant");
	refused("grant_types_supported", "[1]", "disc.grant");
	refused("token_endpoint_auth_methods_supported", "\"none\"", "disc.auth");
}

/* H-14, H-15, H-20 */
static void
refuses_what_is_no_strict_json(void **state)
{
	struct err e = { .code = E_OK };
	struct metadata *m = NULL;
	char *big = calloc(1, METADATA_MAX + 1);

	(void)state;
	refused("x", "1,\"issuer\":\"" ISSUER "\"", "disc.dup");
	refused("x", "1}}", "disc.json");
	assert_int_equal(
	    metadata_parse(&m, big, METADATA_MAX + 1, ISSUER, NULL, METADATA_DEVICE, &e), E_PROTO);
	assert_string_equal(e.reason, "disc.size");
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_below_the_issuer_with_one_slash_less),
		cmocka_unit_test(takes_a_golden_document),
		cmocka_unit_test(refuses_every_other_issuer),
		cmocka_unit_test(names_both_issuers_safely),
		cmocka_unit_test(refuses_endpoints_that_are_no_https_url),
		cmocka_unit_test(refuses_a_provider_without_a_needed_endpoint),
		cmocka_unit_test(a_flow_does_not_fail_for_what_it_does_not_need),
		cmocka_unit_test(tokens_are_revoked_at_the_issuers_origin_alone),
		cmocka_unit_test(refuses_a_provider_that_has_no_s256),
		cmocka_unit_test(whether_iss_comes_is_true_or_false),
		cmocka_unit_test(who_requires_par_has_an_endpoint_for_it),
		cmocka_unit_test(optional_members_may_be_absent_null_or_empty),
		cmocka_unit_test(other_origins_are_good_when_the_operator_lists_them),
		cmocka_unit_test(members_of_no_concern_are_ignored),
		cmocka_unit_test(refuses_lists_that_are_none_and_a_provider_without_the_grant),
		cmocka_unit_test(refuses_what_is_no_strict_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
