/* What the worker is told, and what it may show. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/job.h"
#include "tests/support/unit.h"

static char issuer[] = "https://auth.example.com", client[] = "linux-login", secret[] = "s3cret";
static char openid[] = "openid", groups[] = "groups", rs256[] = "RS256", name[] = "the name";
static char users[] = "linux-users", domain_admins[] = "Domain Admins";
static char other[] = "https://login.example.net:8443";
static char *scopes[] = { openid, groups }, *algs[] = { rs256 };
static char *names[] = { users, domain_admins }, *origins[] = { other };

static struct settings
sample(void)
{
	return (struct settings){ .provider = { .name = name,
		                      .issuer = issuer,
		                      .client_id = client,
		                      .client_auth = SETTINGS_AUTH_POST,
		                      .client_secret = secret,
		                      .scopes = { scopes, 2 },
		                      .algorithms = { algs, 1 },
		                      .username_claim = name,
		                      .groups_claim = groups,
		                      .verification_origins = { origins, 1 },
		                      .device_nonce_required = true,
		                      .clock_skew = 60,
		                      .http_timeout = 10 },
		.group_names = { names, 2 } };
}

static struct job_login login = { .login_id = "3f9c01aa",
	.account = "alice",
	.flow = IDENTITY_DEVICE,
	.started = 1700000000,
	.deadline = 5000 };

static enum errcode
make(struct ipc_msg *m, const struct settings *s, const char *service)
{
	login.service = service;
	return job_make(m, s, &login, NULL);
}

static void
a_job_holds_what_the_worker_needs(void **state)
{
	struct settings s = sample();
	struct ipc_msg m = { 0 };

	(void)state;
	assert_int_equal(make(&m, &s, "sshd"), E_OK);
	assert_int_equal(m.type, IPC_JOB);
	assert_string_equal(m.job.login_id, "3f9c01aa");
	assert_string_equal(m.job.issuer, issuer);
	assert_string_equal(m.job.client_id, client);
	assert_int_equal(m.job.client_auth, IPC_AUTH_POST);
	assert_string_equal(m.job.client_secret, "s3cret");
	assert_string_equal(m.job.scopes, "openid groups");
	assert_string_equal(m.job.ca_file, "");
	assert_string_equal(m.job.username_claim, name);
	assert_true(m.job.nonce_required);
	assert_int_equal(m.job.skew, 60);
	assert_int_equal(m.job.http_timeout, 10);
	assert_int_equal(m.job.started, 1700000000);
	assert_int_equal(m.job.deadline, 5000);
	assert_int_equal(m.job.group_names.n, 2);
	assert_string_equal(m.job.group_names.v[1], "Domain Admins");
	assert_int_equal(m.job.verification_origins.n, 1);
	assert_int_equal(m.job.extra_origins.n, 0);
	ipc_clear(&m);
}

/* C-080, C-173: what the loopback flow has and the device flow has not */
static void
a_loopback_flow_needs_its_nonce_and_may_hint_at_the_account(void **state)
{
	static char back[] = "http://127.0.0.1/callback";
	struct settings s = sample();
	struct ipc_msg m = { 0 };

	(void)state;
	s.provider.device_nonce_required = false;
	s.provider.redirect_uri = back;
	assert_int_equal(make(&m, &s, "sudo"), E_OK);
	assert_int_equal(m.job.flow, IDENTITY_DEVICE);
	assert_false(m.job.nonce_required);
	assert_string_equal(m.job.login_hint, "");
	assert_false(m.job.par);
	ipc_clear(&m);
	login.flow = IDENTITY_LOOPBACK;
	s.provider.login_hint = s.provider.par_required = true;
	assert_int_equal(make(&m, &s, "sudo"), E_OK);
	login.flow = IDENTITY_DEVICE;
	assert_int_equal(m.job.flow, IDENTITY_LOOPBACK);
	assert_true(m.job.nonce_required);
	assert_string_equal(m.job.redirect_uri, "http://127.0.0.1/callback");
	assert_string_equal(m.job.login_hint, "alice");
	assert_true(m.job.par);
	ipc_clear(&m);
}

static void
the_settings_stay_their_owners(void **state)
{
	struct settings s = sample();
	struct ipc_msg m = { 0 };

	(void)state;
	assert_int_equal(make(&m, &s, "sshd"), E_OK);
	assert_ptr_not_equal(m.job.client_secret, secret);
	ipc_clear(&m);
	assert_string_equal(secret, "s3cret");
	assert_string_equal(names[0], "linux-users");
}

static void
without_a_secret_it_is_empty(void **state)
{
	struct settings s = sample();
	struct ipc_msg m = { 0 };

	(void)state;
	s.provider.client_secret = NULL;
	s.provider.client_auth = SETTINGS_AUTH_NONE;
	assert_int_equal(make(&m, &s, "sshd"), E_OK);
	assert_string_equal(m.job.client_secret, "");
	assert_int_equal(m.job.client_auth, IPC_AUTH_NONE);
	ipc_clear(&m);
}

static void
every_method_has_its_place_on_the_wire(void **state)
{
	static const struct {
		enum settings_client_auth is;
		enum ipc_client_auth wire;
	} row[] = {
		{ SETTINGS_AUTH_AUTO, IPC_AUTH_AUTO },
		{ SETTINGS_AUTH_NONE, IPC_AUTH_NONE },
		{ SETTINGS_AUTH_BASIC, IPC_AUTH_BASIC },
		{ SETTINGS_AUTH_POST, IPC_AUTH_POST },
		{ SETTINGS_AUTH_SECRET_JWT, IPC_AUTH_SECRET_JWT },
		{ SETTINGS_AUTH_KEY_JWT, IPC_AUTH_KEY_JWT },
	};
	static const enum ipc_audience audience[] = {
		[SETTINGS_AUDIENCE_ISSUER] = IPC_AUDIENCE_ISSUER,
		[SETTINGS_AUDIENCE_TOKEN] = IPC_AUDIENCE_TOKEN,
		[SETTINGS_AUDIENCE_ENDPOINT] = IPC_AUDIENCE_ENDPOINT,
	};
	struct settings s = sample();
	struct ipc_msg m = { 0 };

	(void)state;
	s.provider.client_key = name;
	s.provider.client_key_id = groups;
	s.provider.revoke = true;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		s.provider.client_auth = row[i].is;
		s.provider.assertion_audience = (enum settings_audience)(i % 3);
		assert_int_equal(make(&m, &s, "sshd"), E_OK);
		assert_int_equal(m.job.client_auth, row[i].wire);
		assert_int_equal(m.job.audience, audience[i % 3]);
		assert_string_equal(m.job.client_key, name);
		assert_string_equal(m.job.client_key_id, groups);
		assert_true(m.job.revoke);
		ipc_clear(&m);
	}
}

/* C-026 */
static void
each_login_has_a_nonce_of_192_bits_of_its_own(void **state)
{
	struct settings s = sample();
	struct ipc_msg a = { 0 }, b = { 0 };

	(void)state;
	assert_int_equal(make(&a, &s, "sshd"), E_OK);
	assert_int_equal(make(&b, &s, "sshd"), E_OK);
	assert_int_equal(strlen(a.job.nonce), 48);
	assert_int_equal(strspn(a.job.nonce, "0123456789abcdef"), 48);
	assert_string_not_equal(a.job.nonce, b.job.nonce);
	ipc_clear(&a);
	ipc_clear(&b);
}

/* What the settings take at most must reach the worker. */
static void
as_many_origins_as_the_settings_take_survive_the_wire(void **state)
{
	struct settings s = sample();
	struct ipc_msg m = { 0 }, got = { 0 };
	struct buf *b = buf_new(IPC_MAX);
	char *many[32];

	(void)state;
	for (size_t i = 0; i < 32; i++)
		many[i] = other;
	s.provider.extra_origins = (struct strlist){ many, 32 };
	assert_int_equal(make(&m, &s, "sshd"), E_OK);
	assert_int_equal(ipc_encode(b, &m, NULL), E_OK);
	assert_int_equal(ipc_decode(buf_data(b), buf_len(b), &got, NULL), E_OK);
	assert_int_equal(got.job.extra_origins.n, 32);
	ipc_clear(&m);
	ipc_clear(&got);
	buf_free(b);
}

static void
check(
    enum errcode want, const char *reason, const char *uri, const char *complete, const char *code)
{
	char u[600], whole[600], c[64];
	struct ipc_code k = { .user_code = c,
		.verification_uri = u,
		.verification_uri_complete = whole,
		.expires_in = 599,
		.interval = 10 };
	struct settings s = sample();
	struct err e = { .code = E_OK };

	(void)snprintf(u, sizeof(u), "%s", uri);
	(void)snprintf(whole, sizeof(whole), "%s", complete);
	(void)snprintf(c, sizeof(c), "%s", code);
	assert_int_equal(job_check_code(&k, &s.provider, &e), want);
	if (reason != NULL)
		assert_string_equal(err_reason(&e), reason);
}

static void
a_code_on_the_issuers_origin_may_be_shown(void **state)
{
	(void)state;
	check(E_OK, NULL, "https://auth.example.com/device", "", "BCDF");
	check(E_OK, NULL, "https://AUTH.example.com:443/device",
	    "https://auth.example.com/device?c=BCDF-GHJK", "BCDF GHJK");
	check(
	    E_OK, NULL, "https://login.example.net:8443/d", "", "BCDFGHJKBCDFGHJKBCDFGHJKBCDFGHJK");
}

static void
refuses_an_address_elsewhere(void **state)
{
	static const char *const bad[] = { "https://evil.example.com/device",
		"https://auth.example.com:444/device", "http://auth.example.com/device",
		"https://auth.example.com@evil.example/device", "https://auth.example.com.evil/",
		"https://login.example.net/d", "https://auth.example.com/a b",
		"https://auth.example.com/\033[2J", "https://auth.example.com/#x", "", "device" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(E_PROTO, "mon.uri", bad[i], "", "BCDF");
		if (bad[i][0] != '\0')
			check(
			    E_PROTO, "mon.uri", "https://auth.example.com/device", bad[i], "BCDF");
	}
}

static void
refuses_a_code_that_is_no_code(void **state)
{
	static const char *const bad[] = { "", "BCD", "BCDFGHJKBCDFGHJKBCDFGHJKBCDFGHJKB", "BC\nDF",
		" BCDF", "BCDF ", "BCDF\x7f", "BCD\xc3\xa9", "\033[2J" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check(E_PROTO, "mon.code", "https://auth.example.com/device", "", bad[i]);
}

static void
browse(enum errcode want, const char *url)
{
	static char text[IPC_BROWSE_MAX + 16];
	struct ipc_browse b = { .url = text };
	struct settings s = sample();
	struct err e = { .code = E_OK };

	s.provider.extra_origins = (struct strlist){ origins, 1 };
	s.provider.verification_origins = (struct strlist){ NULL, 0 };
	(void)snprintf(text, sizeof(text), "%s", url);
	assert_int_equal(job_check_browse(&b, &s.provider, &e), want);
	if (want != E_OK)
		assert_string_equal(err_reason(&e), "mon.url");
}

/* C-007, C-022 */
static void
a_page_to_sign_in_is_where_endpoints_may_be(void **state)
{
	static const char *const bad[] = { "https://evil.example.com/authorize?x=1",
		"http://auth.example.com/authorize", "https://auth.example.com.evil/a?x",
		"https://auth.example.com@evil.example/a", "https://auth.example.com/a?x=\033[2J",
		"https://auth.example.com/a?x y", "https://auth.example.com/a?x#y",
		"https://auth.example.com/a?x=\xc3\xa9", "", "a?b", "file:///etc/passwd",
		"-https://auth.example.com/a" };
	static char url[IPC_BROWSE_MAX + 16];

	(void)state;
	browse(E_OK, "https://auth.example.com/authorize?client_id=a&state=b%20c");
	browse(E_OK, "https://login.example.net:8443/authorize");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		browse(E_PROTO, bad[i]);
	(void)memset(url, 'x', sizeof(url) - 1);
	(void)memcpy(url, "https://auth.example.com/a?", 27);
	url[IPC_BROWSE_MAX] = '\0';
	browse(E_OK, url);
	url[IPC_BROWSE_MAX] = 'x';
	browse(E_PROTO, url);
	url[IPC_BROWSE_MAX] = '\0';
	url[26] = 'x'; /* no query: longer than a page's address may be */
	browse(E_PROTO, url);
}

/* A decoy is drawn after it: one that ends at once, or never, would tell a stranger from a known
 * name. */
static void
refuses_times_that_no_code_has(void **state)
{
	char code[] = "BCDFGHJK", uri[] = "https://auth.example.com/device", none[] = "";
	struct ipc_code k = { .user_code = code,
		.verification_uri = uri,
		.verification_uri_complete = none,
		.expires_in = 1,
		.interval = 3600 };
	struct settings s = sample();
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(job_check_code(&k, &s.provider, &e), E_OK);
	k.interval = 3601;
	assert_int_equal(job_check_code(&k, &s.provider, &e), E_PROTO);
	assert_string_equal(err_reason(&e), "mon.times");
	k.interval = 10;
	k.expires_in = 0;
	assert_int_equal(job_check_code(&k, &s.provider, NULL), E_PROTO);
}

/* C-081: the narrower of both ages, the service's own classes where it names some */
static void
a_job_asks_for_what_the_service_demands(void **state)
{
	static char a[] = "urn:a", b[] = "urn:b", c[] = "urn:c", sudo[] = "sudo";
	char *wide[] = { a }, *own[] = { b, c };
	struct settings_service service = { .name = sudo, .demand.max_auth_age = 900 };
	struct settings s = sample();
	struct ipc_msg m = { 0 };

	(void)state;
	s.service = &service;
	s.service_count = 1;
	s.demand = (struct settings_demand){ .acr = { wide, 1 }, .max_auth_age = 3600 };
	assert_int_equal(make(&m, &s, "sshd"), E_OK);
	assert_int_equal(m.job.max_age, 3600);
	assert_string_equal(m.job.acr_values, "urn:a");
	ipc_clear(&m);
	assert_int_equal(make(&m, &s, "sudo-i"), E_OK);
	assert_int_equal(m.job.max_age, 900);
	assert_string_equal(m.job.acr_values, "urn:a");
	ipc_clear(&m);
	service.demand = (struct settings_demand){ .acr = { own, 2 }, .max_auth_age = 7200 };
	assert_int_equal(make(&m, &s, "sudo"), E_OK);
	assert_int_equal(m.job.max_age, 3600);
	assert_string_equal(m.job.acr_values, "urn:b urn:c");
	ipc_clear(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_asks_for_what_the_service_demands),
		cmocka_unit_test(a_job_holds_what_the_worker_needs),
		cmocka_unit_test(a_loopback_flow_needs_its_nonce_and_may_hint_at_the_account),
		cmocka_unit_test(a_page_to_sign_in_is_where_endpoints_may_be),
		cmocka_unit_test(the_settings_stay_their_owners),
		cmocka_unit_test(without_a_secret_it_is_empty),
		cmocka_unit_test(every_method_has_its_place_on_the_wire),
		cmocka_unit_test(each_login_has_a_nonce_of_192_bits_of_its_own),
		cmocka_unit_test(as_many_origins_as_the_settings_take_survive_the_wire),
		cmocka_unit_test(a_code_on_the_issuers_origin_may_be_shown),
		cmocka_unit_test(refuses_an_address_elsewhere),
		cmocka_unit_test(refuses_a_code_that_is_no_code),
		cmocka_unit_test(refuses_times_that_no_code_has),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
