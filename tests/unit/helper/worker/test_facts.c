/* A verified ID token, and UserInfo where it is needed, to facts. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/worker/facts.h"
#include "tests/support/unit.h"

static char id[] = "3f9c01aa", client[] = "linux-login", username[] = "preferred_username";
static char groups[] = "groups", array[] = "array", users[] = "linux-users",
            admins[] = "linux-admins";
static char *names[] = { users, admins };

static const struct ipc_job job = { .login_id = id,
	.client_id = client,
	.username_claim = username,
	.groups_claim = groups,
	.groups_format = array,
	.flow = IDENTITY_DEVICE,
	.group_names = { names, 2 } };

struct token {
	struct idtoken t;
	struct claims *ui;
	struct identity id;
	struct err e;
};

static struct claims *
parse(const char *json)
{
	struct claims *c = NULL;

	if (json != NULL)
		assert_int_equal(claims_parse(&c, json, strlen(json), NULL), E_OK);
	return c;
}

static enum errcode
fill(struct token *x, const char *token, const char *userinfo)
{
	x->t.claims = parse(token);
	x->t.iss = "https://auth.example.com";
	x->t.sub = "s-1";
	(void)snprintf(x->t.alg, sizeof(x->t.alg), "ES256");
	x->t.iat = 1700000000;
	x->t.exp = 1700003600;
	x->ui = parse(userinfo);
	x->e = (struct err){ .code = E_OK };
	return facts_fill(&x->id, &x->t, x->ui, &job, &x->e);
}

static void
clear(struct token *x)
{
	claims_free(x->t.claims);
	claims_free(x->ui);
	strlist_clear(&x->t.amr);
	*x = (struct token){ .ui = NULL };
}

static bool
needs(const char *token)
{
	struct idtoken t = { .claims = parse(token) };
	bool need = facts_need_userinfo(&t, &job);

	claims_free(t.claims);
	return need;
}

/* The monitor's decoder is the judge of what may be sent. */
static void
survives_the_wire(const struct identity *f)
{
	struct buf *b = buf_new(IPC_MAX);
	struct identity got;
	struct rd r;

	assert_int_equal(identity_encode(b, f), E_OK);
	rd_init(&r, buf_data(b), buf_len(b));
	assert_int_equal(identity_decode(&r, &got, NULL), E_OK);
	assert_true(rd_done(&r));
	buf_free(b);
}

static void
userinfo_is_needed_where_a_claim_is_absent(void **state)
{
	(void)state;
	assert_false(needs("{\"preferred_username\":\"alice\",\"groups\":[]}"));
	assert_true(needs("{\"preferred_username\":\"alice\"}"));
	assert_true(needs("{\"groups\":[]}"));
	assert_true(needs("{\"preferred_username\":\"alice\",\"groups\":null}"));
	assert_true(needs("{}"));
}

static void
what_is_wrong_is_not_asked_for_again(void **state)
{
	(void)state;
	assert_false(needs("{\"preferred_username\":7,\"groups\":[]}"));
	assert_false(needs("{\"preferred_username\":\"alice\",\"groups\":\"linux-users\"}"));
}

static void
the_token_alone_fills_the_facts(void **state)
{
	struct token x = { .ui = NULL };

	(void)state;
	x.t.nonce = "n1";
	x.t.acr = "0";
	x.t.azp = "linux-login";
	x.t.has_auth_time = true;
	x.t.auth_time = 1699999999;
	assert_int_equal(strlist_add(&x.t.amr, "pwd", 3, 16), E_OK);
	(void)snprintf(x.t.kid, sizeof(x.t.kid), "k1");
	assert_int_equal(
	    fill(&x, "{\"preferred_username\":\"alice\",\"groups\":[\"linux-admins\",\"x\",\"y\"]}",
	        NULL),
	    E_OK);
	assert_string_equal(x.id.login_id, id);
	assert_int_equal(x.id.flow, IDENTITY_DEVICE);
	assert_string_equal(x.id.issuer, "https://auth.example.com");
	assert_string_equal(x.id.audience, client);
	assert_string_equal(x.id.sub, "s-1");
	assert_string_equal(x.id.alg, "ES256");
	assert_string_equal(x.id.name, "alice");
	assert_false(x.id.name_from_userinfo);
	assert_true(x.id.has_nonce && x.id.has_acr && x.id.has_azp && x.id.has_kid);
	assert_true(x.id.has_auth_time);
	assert_false(x.id.has_nbf);
	assert_int_equal(x.id.auth_time, 1699999999);
	assert_int_equal(x.id.amr_count, 1);
	assert_string_equal(x.id.amr[0], "pwd");
	assert_true(x.id.has_groups);
	assert_false(identity_has_group(&x.id, 0));
	assert_true(identity_has_group(&x.id, 1));
	assert_int_equal(x.id.other_groups, 2);
	survives_the_wire(&x.id);
	clear(&x);
}

static void
userinfo_fills_what_the_token_lacks(void **state)
{
	struct token x = { .ui = NULL };

	(void)state;
	assert_int_equal(
	    fill(&x, "{}", "{\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}"),
	    E_OK);
	assert_string_equal(x.id.name, "alice");
	assert_true(x.id.name_from_userinfo && x.id.groups_from_userinfo);
	assert_true(identity_has_group(&x.id, 0));
	survives_the_wire(&x.id);
	clear(&x);
}

static void
groups_come_from_one_source_userinfo_first(void **state)
{
	struct token x = { .ui = NULL };

	(void)state;
	assert_int_equal(
	    fill(&x, "{\"preferred_username\":\"alice\",\"groups\":[\"linux-admins\"]}",
	        "{\"groups\":[\"linux-users\"]}"),
	    E_OK);
	assert_true(identity_has_group(&x.id, 0));
	assert_false(identity_has_group(&x.id, 1));
	clear(&x);
	assert_int_equal(
	    fill(&x, "{\"preferred_username\":\"alice\",\"groups\":[\"linux-admins\"]}",
	        "{\"groups\":[]}"),
	    E_OK);
	assert_true(x.id.has_groups);
	assert_false(identity_has_group(&x.id, 1));
	clear(&x);
}

/* C-095 ui.conflict */
static void
two_sources_that_disagree_on_the_name_are_refused(void **state)
{
	struct token x = { .ui = NULL };

	(void)state;
	assert_int_equal(fill(&x, "{\"preferred_username\":\"alice\"}",
	                     "{\"preferred_username\":\"bob\",\"groups\":[]}"),
	    E_CLM);
	assert_string_equal(err_reason(&x.e), "ui.conflict");
	clear(&x);
	assert_int_equal(fill(&x, "{\"preferred_username\":\"alice\"}",
	                     "{\"preferred_username\":\"alice\",\"groups\":[]}"),
	    E_OK);
	clear(&x);
}

static void
refused(const char *reason, const char *token, const char *userinfo)
{
	struct token x = { .ui = NULL };

	assert_int_equal(fill(&x, token, userinfo), E_CLM);
	assert_string_equal(err_reason(&x.e), reason);
	clear(&x);
}

/* H-39, H-43 */
static void
refuses_claims_of_a_wrong_kind(void **state)
{
	(void)state;
	refused("usr.claim", "{\"preferred_username\":7,\"groups\":[]}", NULL);
	refused("usr.claim", "{\"preferred_username\":\"alice\"}",
	    "{\"preferred_username\":[\"alice\"],\"groups\":[]}");
	refused("usr.claim", "{}", "{\"preferred_username\":{},\"groups\":[]}");
	refused("grp.claim", "{\"preferred_username\":\"alice\",\"groups\":\"linux-users\"}", NULL);
	refused(
	    "grp.claim", "{\"preferred_username\":\"alice\",\"groups\":[\"linux-users\",7]}", NULL);
	refused("grp.claim", "{\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}",
	    "{\"groups\":\"linux-users\"}");
}

static void
a_name_may_be_256_bytes_and_no_more(void **state)
{
	struct token x = { .ui = NULL };
	char json[400];

	(void)state;
	(void)snprintf(json, sizeof(json), "{\"preferred_username\":\"%0256d\",\"groups\":[]}", 1);
	assert_int_equal(fill(&x, json, NULL), E_OK);
	assert_int_equal(strlen(x.id.name), 256);
	survives_the_wire(&x.id);
	clear(&x);
	(void)snprintf(json, sizeof(json), "{\"preferred_username\":\"%0257d\",\"groups\":[]}", 1);
	refused("usr.claim", json, NULL);
}

/* Authelia of a removed user: UserInfo is 200 without a name. */
static void
what_is_missing_stays_missing(void **state)
{
	struct token x = { .ui = NULL };

	(void)state;
	assert_int_equal(fill(&x, "{}", "{}"), E_OK);
	assert_false(x.id.has_name);
	assert_false(x.id.has_groups);
	survives_the_wire(&x.id);
	clear(&x);
}

static void
an_empty_name_is_no_name(void **state)
{
	struct token x = { .ui = NULL };

	(void)state;
	assert_int_equal(fill(&x, "{\"preferred_username\":\"\",\"groups\":[]}", NULL), E_OK);
	assert_false(x.id.has_name);
	survives_the_wire(&x.id);
	clear(&x);
}

/* It can only refuse what policy asks for; the login is not lost to the wire's alphabet. */
static void
what_the_monitor_would_not_read_is_left_out(void **state)
{
	char acr[200];
	struct token x = { .ui = NULL };

	(void)state;
	memset(acr, 'a', sizeof(acr) - 1);
	acr[sizeof(acr) - 1] = '\0';
	x.t.acr = acr;
	(void)snprintf(x.t.kid, sizeof(x.t.kid), "the key");
	assert_int_equal(strlist_add(&x.t.amr, "one time", 8, 16), E_OK);
	assert_int_equal(strlist_add(&x.t.amr, "", 0, 16), E_OK);
	assert_int_equal(strlist_add(&x.t.amr, "mfa", 3, 16), E_OK);
	assert_int_equal(fill(&x, "{\"preferred_username\":\"alice\",\"groups\":[]}", NULL), E_OK);
	assert_false(x.id.has_acr);
	assert_false(x.id.has_kid);
	assert_int_equal(x.id.amr_count, 1);
	assert_string_equal(x.id.amr[0], "mfa");
	survives_the_wire(&x.id);
	clear(&x);
	x.t.acr = "";
	assert_int_equal(fill(&x, "{\"preferred_username\":\"alice\",\"groups\":[]}", NULL), E_OK);
	survives_the_wire(&x.id);
	clear(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(userinfo_is_needed_where_a_claim_is_absent),
		cmocka_unit_test(what_is_wrong_is_not_asked_for_again),
		cmocka_unit_test(the_token_alone_fills_the_facts),
		cmocka_unit_test(userinfo_fills_what_the_token_lacks),
		cmocka_unit_test(groups_come_from_one_source_userinfo_first),
		cmocka_unit_test(two_sources_that_disagree_on_the_name_are_refused),
		cmocka_unit_test(refuses_claims_of_a_wrong_kind),
		cmocka_unit_test(a_name_may_be_256_bytes_and_no_more),
		cmocka_unit_test(what_is_missing_stays_missing),
		cmocka_unit_test(an_empty_name_is_no_name),
		cmocka_unit_test(what_the_monitor_would_not_read_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
