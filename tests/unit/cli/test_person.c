/* The person that an administrator asks about. C-081, C-095 */
#include "config.h"

#include "tests/unit/cli/explained.h"

static const struct verdict_login login = { .login_id = "explain",
	.service = "sshd",
	.account = "",
	.nonce = "explain",
	.flow = IDENTITY_DEVICE,
	.started = IDENTITY_NOW,
	.now = IDENTITY_NOW };

static enum errcode
make(struct explained *x, struct identity *id)
{
	if (x->s == NULL)
		settle(x, "");
	x->e = (struct err){ .code = E_OK };
	memset(id, 0xff, sizeof(*id));
	return person_make(id, &x->ask.person, x->s, &login, &x->e);
}

static const struct identity *
good(struct explained *x)
{
	static struct identity id;

	if (make(x, &id) != E_OK)
		fail_msg("%s", x->e.text);
	return &id;
}

static void
bad(struct explained *x, enum errcode code, const char *text)
{
	static const struct identity nobody;
	struct identity id;

	assert_int_equal(make(x, &id), code);
	if (strstr(x->e.text, text) == NULL)
		fail_msg("found    %s\nexpected %s", x->e.text, text);
	assert_memory_equal(&id, &nobody, sizeof(id));
}

static void
document(struct explained *x, const char *json)
{
	x->ask.person =
	    (struct person_ask){ .from = scratch_write(&x->dir, x->file, "doc", json, 0600) };
}

static bool
has(const struct explained *x, const struct identity *id, const char *group)
{
	long at = settings_group_index(x->s, group);

	return at >= 0 && identity_has_group(id, (unsigned)at);
}

static void
the_command_line_makes_a_person(void **state)
{
	struct explained *x = *state;
	const struct identity *id;

	x->ask.person.groups = "Domain Admins,elsewhere,,others";
	id = good(x);
	assert_true(id->has_name && id->has_groups);
	assert_string_equal(id->name, "daemon");
	assert_true(has(x, id, "Domain Admins") && !has(x, id, "linux-users"));
	assert_int_equal(id->other_groups, 2);
	assert_string_equal(id->sub, "");
	assert_string_equal(id->issuer, EXPLAINED_ISSUER);
	assert_string_equal(id->audience, "linux-login");
	assert_string_equal(id->nonce, "explain");
	assert_false(id->has_acr || id->has_auth_time || id->amr_count > 0);
	x->ask.person.groups = "";
	id = good(x);
	assert_true(id->has_groups && id->other_groups == 0);
	x->ask.person.groups = NULL;
	assert_false(good(x)->has_groups);
}

static void
claims_are_of_the_sign_in(void **state)
{
	struct explained *x = *state;
	const char **claim = x->ask.person.claim;
	const struct identity *id;

	claim[0] = "acr=gold";
	claim[1] = "amr=pwd,mfa";
	claim[2] = "auth_time=-2m";
	claim[3] = "sub=s-1";
	claim[4] = "preferred_username=J\xc3\xb6rg";
	id = good(x);
	assert_string_equal(id->acr, "gold");
	assert_int_equal(id->amr_count, 2);
	assert_string_equal(id->amr[1], "mfa");
	assert_true(id->has_auth_time && id->auth_time == IDENTITY_NOW - 120);
	assert_string_equal(id->sub, "s-1");
	assert_string_equal(id->name, "J\xc3\xb6rg");
	claim[2] = "auth_time=now";
	assert_int_equal(good(x)->auth_time, IDENTITY_NOW);
	claim[2] = "auth_time=1234567";
	assert_int_equal(good(x)->auth_time, 1234567);
}

static void
a_slip_in_a_claim_is_told(void **state)
{
	static const char *const word[] = { "acr", "acr=", "acr=\xff", "amr=pwd,,mfa", "amr=,",
		"amr=0123456789012345678901234567890123", "auth_time=", "auth_time=soon",
		"auth_time=-", "auth_time=-400d", "sub=", "sub=\xc3\xb6",
		"preferred_username=", "preferred_username=\xff", "groups=x", "=x", "" };
	struct explained *x = *state;

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
		x->ask.person.claim[0] = word[i];
		bad(x, E_FORMAT, "--claim");
	}
	x->ask.person.claim[0] = NULL;
	x->ask.person.name = "";
	bad(x, E_FORMAT, "name of anybody");
}

static void
a_document_is_read_as_the_worker_reads_it(void **state)
{
	struct explained *x = *state;
	const struct identity *id;

	document(x,
	    "{\"sub\":\"s-1\",\"preferred_username\":\"daemon\",\"groups\":[\"linux-users\",\"x\"],"
	    "\"amr\":[\"mfa\"],\"acr\":\"gold\",\"auth_time\":1700000000.5,\"exp\":1,\"iat\":1,"
	    "\"nonce\":\"old\"}");
	id = good(x);
	assert_string_equal(id->sub, "s-1");
	assert_string_equal(id->name, "daemon");
	assert_true(has(x, id, "linux-users"));
	assert_int_equal(id->other_groups, 1);
	assert_string_equal(id->acr, "gold");
	assert_string_equal(id->amr[0], "mfa");
	assert_int_equal(id->auth_time, 1700000000);
	assert_true(id->exp > IDENTITY_NOW && id->iat == IDENTITY_NOW); /* its times do not count */
	assert_string_equal(id->nonce, "explain");
	x->ask.person.groups = "Domain Admins";
	x->ask.person.claim[0] = "sub=s-2";
	id = good(x);
	assert_true(has(x, id, "Domain Admins") && !has(x, id, "linux-users"));
	assert_int_equal(id->other_groups, 0);
	assert_string_equal(id->sub, "s-2");
}

/* An ID token's claims: ours, with one thing put in the place of another. C-068 to C-072 */
static void
token(struct explained *x, const char *iss, const char *aud, const char *rest)
{
	char json[512];

	(void)snprintf(json, sizeof(json),
	    "{\"iss\":\"%s\",\"aud\":%s,\"sub\":\"s-1\",\"iat\":1000000,\"exp\":1003600,"
	    "\"nonce\":\"old\",\"at_hash\":\"x\"%s}",
	    iss, aud, rest);
	document(x, json);
}

static void
the_claims_of_an_id_token_are_judged(void **state)
{
	static const char ours[] = "[\"linux-login\"]", both[] = "[\"web\",\"linux-login\"]";
	struct explained *x = *state;
	const struct identity *id;

	token(x, EXPLAINED_ISSUER, ours, ",\"azp\":\"linux-login\",\"nbf\":1000000");
	id = good(x);
	assert_string_equal(id->issuer, EXPLAINED_ISSUER);
	assert_string_equal(id->audience, "linux-login");
	assert_string_equal(id->azp, "linux-login");
	assert_true(id->iat == IDENTITY_NOW && id->exp > IDENTITY_NOW && !id->has_nbf);
	assert_string_equal(id->nonce, "explain");
	token(x, "https://other.example", ours, "");
	bad(x, E_CLM, "issuer https://other.example");
	token(x, EXPLAINED_ISSUER, "\"web\"", "");
	bad(x, E_CLM, "audience");
	token(x, EXPLAINED_ISSUER, ours, ",\"azp\":\"web\"");
	bad(x, E_CLM, "azp");
	token(x, EXPLAINED_ISSUER, both, ",\"azp\":\"linux-login\"");
	bad(x, E_CLM, "trusted_audiences");
	settings_free(x->s);
	x->s = settings_text_good(
	    SETTINGS_PROVIDER_TEXT "trusted_audiences = web\n" SETTINGS_LOGIN_TEXT);
	assert_string_equal(good(x)->audience, "linux-login");
}

/* Some send them in UserInfo too, where a login does not look at them. */
static void
issuer_and_audience_of_userinfo_do_not_count(void **state)
{
	struct explained *x = *state;

	document(x, "{\"iss\":\"https://other.example\",\"aud\":\"web\",\"sub\":\"s-1\"}");
	assert_string_equal(good(x)->issuer, EXPLAINED_ISSUER);
	assert_string_equal(good(x)->audience, "linux-login");
}

static void
its_claims_are_where_the_settings_say(void **state)
{
	struct explained *x = *state;
	const struct identity *id;

	x->s = settings_text_good(
	    SETTINGS_PROVIDER_TEXT "username_claim = authelia.pam.username\n"
	                           "groups_claim = /realm_access/roles\n" SETTINGS_LOGIN_TEXT);
	document(x,
	    "{\"authelia.pam.username\":\"daemon\",\"realm_access\":{\"roles\":[\"linux-users\"]}"
	    "}");
	id = good(x);
	assert_string_equal(id->name, "daemon");
	assert_true(has(x, id, "linux-users"));
	settings_free(x->s);
	x->s = settings_text_good(SETTINGS_PROVIDER_TEXT
	    "groups_claim = urn:roles\ngroups_format = object_keys\n" SETTINGS_LOGIN_TEXT);
	document(x, "{\"urn:roles\":{\"linux-users\":{\"1\":\"a\"}}}");
	id = good(x);
	assert_true(has(x, id, "linux-users") && !id->has_name);
	document(x, "{\"urn:roles\":[\"linux-users\"]}");
	bad(x, E_CLM, "not of the form object_keys");
	assert_string_equal(x->e.reason, "grp.claim");
}

static void
what_the_worker_refuses_is_refused(void **state)
{
	struct explained *x = *state;

	document(x, "{\"groups\":\"linux-users\"}");
	bad(x, E_CLM, "not of the form array");
	document(x, "{\"preferred_username\":7}");
	bad(x, E_CLM, "username claim");
	document(x, "{\"amr\":\"mfa\"}");
	bad(x, E_CLM, "amr is no list");
	document(x, "{\"sub\":7}");
	bad(x, E_CLM, "sub is no text");
}

static void
what_is_no_document_is_told(void **state)
{
	struct explained *x = *state;

	document(x, "eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
	bad(x, E_SYS, x->file);
	document(x, "{\"a\":1,\"a\":2}");
	bad(x, E_SYS, x->file);
	assert_int_equal(unlink(x->file), 0);
	bad(x, E_SYS, x->file);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(the_command_line_makes_a_person),
		T(claims_are_of_the_sign_in),
		T(a_slip_in_a_claim_is_told),
		T(a_document_is_read_as_the_worker_reads_it),
		T(the_claims_of_an_id_token_are_judged),
		T(issuer_and_audience_of_userinfo_do_not_count),
		T(its_claims_are_where_the_settings_say),
		T(what_the_worker_refuses_is_refused),
		T(what_is_no_document_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
