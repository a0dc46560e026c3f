/* Which requests a rule is about. */
#include "config.h"

#include "mock_idp/msg.h"
#include "mock_idp/script/match.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

struct ask {
	const char *ep, *method, *grant, *client, *header;
};

static bool
ask(struct match *m, const struct ask *a)
{
	struct exchange x;
	bool hit;

	assert_true(msg_init(&x));
	x.ep = a->ep;
	(void)snprintf(
	    x.req.method, sizeof(x.req.method), "%s", a->method == NULL ? "POST" : a->method);
	if (a->grant != NULL)
		assert_int_equal(pairs_add(&x.req.form, "grant_type", a->grant), E_OK);
	if (a->client != NULL)
		assert_int_equal(pairs_add(&x.req.form, "client_id", a->client), E_OK);
	if (a->header != NULL)
		assert_int_equal(pairs_add(&x.req.headers, "authorization", a->header), E_OK);
	hit = match_request(m, &x);
	msg_clear(&x);
	return hit;
}

/* Which of eight requests match, as a row of '+' and '-'. */
static void
hits(const char *spec, const char *wanted)
{
	json_t *v = quoted(spec);
	char got[9] = "";
	struct match m;

	assert_int_equal(match_parse(&m, v, &doc, NULL), E_OK);
	for (size_t i = 0; i < 8; i++)
		got[i] = ask(&m, &(struct ask){ .ep = "token" }) ? '+' : '-';
	assert_string_equal(got, wanted);
	json_decref(v);
}

static void
nth_says_which_of_them(void **state)
{
	(void)state;
	hits("{'ep':'token'}", "++++++++");
	hits("{'ep':'token','nth':3}", "--+-----");
	hits("{'ep':'token','nth':'2-4'}", "-+++----");
	hits("{'ep':'token','nth':'3-'}", "--++++++");
	hits("{'ep':'token','nth':'2-2'}", "-+------");
	hits("{'ep':'token','nth':'odd'}", "+-+-+-+-");
	hits("{'ep':'token','nth':'even'}", "-+-+-+-+");
	hits("{'ep':'any','nth':1}", "+-------");
	hits("{'ep':'jwks'}", "--------");
}

static void
only_what_it_is_about_counts(void **state)
{
	json_t *v = quoted("{'ep':'token','grant':'device_code','client':'a','nth':2}");
	const struct ask other = { .ep = "token", .grant = "authorization_code", .client = "a" },
	                 mine = { .ep = "token",
		                 .grant = "urn:ietf:params:oauth:grant-type:device_code",
		                 .client = "a" },
	                 hers = { .ep = "token",
		                 .grant = "urn:ietf:params:oauth:grant-type:device_code",
		                 .client = "b" };
	struct match m;

	(void)state;
	assert_int_equal(match_parse(&m, v, &doc, NULL), E_OK);
	assert_false(ask(&m, &mine));
	assert_false(ask(&m, &other));
	assert_false(ask(&m, &hers));
	assert_int_equal(m.seen, 1);
	assert_true(ask(&m, &mine));
	json_decref(v);
}

static void
a_method_can_be_wanted(void **state)
{
	json_t *v = quoted("{'ep':'userinfo','method':'GET'}");
	struct match m;

	(void)state;
	assert_int_equal(match_parse(&m, v, &doc, NULL), E_OK);
	assert_true(ask(&m, &(struct ask){ .ep = "userinfo", .method = "GET" }));
	assert_false(ask(&m, &(struct ask){ .ep = "userinfo", .method = "POST" }));
	json_decref(v);
}

static void
any_is_every_request_and_no_connection(void **state)
{
	json_t *any = quoted("{'ep':'any'}"), *connect = quoted("{'ep':'connect'}");
	struct match m;

	(void)state;
	assert_int_equal(match_parse(&m, any, &doc, NULL), E_OK);
	assert_true(ask(&m, &(struct ask){ .ep = NULL }));
	assert_true(ask(&m, &(struct ask){ .ep = "page" }));
	assert_false(ask(&m, &(struct ask){ .ep = "connect" }));
	assert_int_equal(match_parse(&m, connect, &doc, NULL), E_OK);
	assert_true(ask(&m, &(struct ask){ .ep = "connect" }));
	assert_false(ask(&m, &(struct ask){ .ep = "token" }));
	json_decref(any);
	json_decref(connect);
}

static void
a_client_may_say_its_name_by_basic(void **state)
{
	json_t *v = quoted("{'ep':'token','client':'linux-basic'}");
	struct match m;

	(void)state;
	assert_int_equal(match_parse(&m, v, &doc, NULL), E_OK);
	assert_true(
	    ask(&m, &(struct ask){ .ep = "token", .header = "Basic bGludXgtYmFzaWM6eA==" }));
	assert_true(
	    ask(&m, &(struct ask){ .ep = "token", .header = "basic bGludXgtYmFzaWM6eA==" }));
	assert_false(ask(&m, &(struct ask){ .ep = "token", .header = "Basic bGludXgtYmFzaWM=" }));
	assert_false(ask(&m, &(struct ask){ .ep = "token", .header = "Basic !" }));
	assert_false(ask(&m, &(struct ask){ .ep = "token", .header = "Bearer x" }));
	assert_false(ask(&m, &(struct ask){ .ep = "token" }));
	json_decref(v);
}

static void
everything_else_is_named(void **state)
{
	static const char *const wrong[][2] = {
		{ "{}", "f: ep is missing" },
		{ "{'ep':'tokn'}",
		    "f: ep: unknown endpoint tokn; known: connect, discovery, oauth-metadata, "
		    "jwks, "
		    "device, token, userinfo, authorization, par, introspection, revocation, page, "
		    "any" },
		{ "{'ep':1}", "f: ep: must be text" },
		{ "{'ep':'token','nht':1}", "f: nht: unknown member; known: ep, nth," },
		{ "{'ep':'token','nth':0}", "f: nth: must be a number from 1 on" },
		{ "{'ep':'token','nth':-1}", "f: nth: must be a number" },
		{ "{'ep':'token','nth':'4-2'}", "f: nth: must be a number" },
		{ "{'ep':'token','nth':'2'}", "f: nth: must be a number" },
		{ "{'ep':'token','nth':'-3'}", "f: nth: must be a number" },
		{ "{'ep':'token','nth':'odds'}", "f: nth: must be a number" },
		{ "{'ep':'token','nth':1.5}", "f: nth: must be text or a whole number" },
		{ "{'ep':'token','grant':'password'}",
		    "f: grant: unknown grant password; known: device_code, authorization_code, " },
		{ "{'ep':'device','grant':'device_code'}", "requests of device have no grant" },
		{ "{'ep':'token','client':''}", "f: client: is empty" },
		{ "{'ep':'jwks','client':'a'}", "requests of jwks do not say which client" },
		{ "{'ep':'token','method':'get'}", "f: method: is not a method" },
		{ "{'ep':'token','method':''}", "f: method: is not a method" },
		{ "{'ep':'connect','method':'GET'}", "a connection has no method" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		json_t *v = quoted(wrong[i][0]);
		struct match m;

		assert_int_equal(match_parse(&m, v, &doc, &e), E_CFG);
		assert_says(&e, wrong[i][1]);
		json_decref(v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nth_says_which_of_them),
		cmocka_unit_test(only_what_it_is_about_counts),
		cmocka_unit_test(a_method_can_be_wanted),
		cmocka_unit_test(any_is_every_request_and_no_connection),
		cmocka_unit_test(a_client_may_say_its_name_by_basic),
		cmocka_unit_test(everything_else_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
