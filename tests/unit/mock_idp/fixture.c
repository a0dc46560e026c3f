/* A world with a clock that a test turns, and requests without a wire. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/ecdsa.h>
#include <openssl/hmac.h>

#include "common/b64url.h"
#include "mock_idp/control/expect.h"
#include "mock_idp/form.h"
#include "mock_idp/pages/signin.h"
#include "mock_idp/script/script.h"
#include "mock_idp/wire/http_read.h"
#include "mock_idp/profile/profile.h"
#include "tests/unit/mock_idp/fixture.h"

#include "tests/support/unit.h"

static int64_t
fake_ms(void *arg)
{
	return ((struct fixture *)arg)->ms;
}

static int64_t
fake_wall(void *arg)
{
	return FIXTURE_WALL + ((struct fixture *)arg)->ms / 1000;
}

int
fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (f == NULL || world_init(&f->w, NULL, NULL) != E_OK || !msg_init(&f->x) ||
	    (f->kept = json_array()) == NULL)
		return -1;
	f->w.clock = (struct clock){ fake_ms, fake_wall, f };
	world_set_origin(&f->w, FIXTURE_ISSUER);
	*state = f;
	return 0;
}

int
fixture_close(void **state)
{
	struct fixture *f = *state;

	msg_clear(&f->x);
	json_decref(f->kept);
	world_clear(&f->w);
	free(f);
	return 0;
}

int
fixture_reset(void **state)
{
	struct fixture *f = *state;

	world_reset(&f->w);
	(void)json_array_clear(f->kept);
	f->ms = f->w.start = 1000;
	f->w.start_us = 1000000;
	pairs_clear(&f->w.given);
	script_free(f->w.script);
	f->w.script = NULL;
	world_defaults(&f->w);
	f->w.origin2[0] = '\0';
	return 0;
}

void
fixture_profile(struct fixture *f, const char *name)
{
	const struct profile *p = profile_find(name);

	assert_non_null(p);
	world_reset(&f->w);
	world_use_profile(&f->w, p);
}

struct exchange *
fixture_ask(struct fixture *f, const char *method, const char *path, const char *form)
{
	struct exchange *x = &f->x;

	msg_clear(x);
	assert_true(msg_init(x));
	(void)snprintf(x->req.method, sizeof(x->req.method), "%s", method);
	x->req.path = strdup(path);
	x->arrived = f->ms;
	x->arrived_us = f->ms * 1000;
	assert_int_equal(pairs_add(&x->req.headers, "host", FIXTURE_HOST), E_OK);
	if (form != NULL) {
		x->req.bodylen = strlen(form);
		assert_int_equal(
		    pairs_add(&x->req.headers, "content-type", "application/x-www-form-urlencoded"),
		    E_OK);
		assert_int_equal(form_parse(&x->req.form, form, strlen(form)), E_OK);
	}
	return x;
}

bool
fixture_bytes(struct fixture *f, const char *text)
{
	struct exchange *x = &f->x;
	size_t used = 0, len = strlen(text);
	int status = 0;
	bool whole;

	msg_clear(x);
	assert_true(msg_init(x));
	x->arrived = f->ms;
	x->arrived_us = f->ms * 1000;
	whole = http_read(text, len, &x->req, &used, &status) == HTTP_READ_DONE;
	x->req.raw_head = text;
	x->req.raw_head_len = whole ? used - x->req.bodylen : len;
	x->req.raw_body = whole ? text + x->req.raw_head_len : NULL;
	x->req.raw_body_len = whole ? x->req.bodylen : 0;
	return whole;
}

void
fixture_heard(struct fixture *f, const char *listener, const char *ep, int64_t us, const char *text)
{
	(void)fixture_bytes(f, text);
	f->x.listener = listener;
	f->x.ep = ep;
	journal_record(&f->w.journal, &f->x, us);
}

const char *
fixture_expect(struct fixture *f, const char *line)
{
	char copy[512], *word[32] = { NULL }, *save = NULL;
	size_t n = 0;

	(void)snprintf(copy, sizeof(copy), "%s", line);
	for (char *w = strtok_r(copy, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save)) {
		assert_true(n < 32);
		word[n++] = w;
	}
	f->why[0] = '\0';
	if (expect_holds(&f->w.journal, n, word, f->why))
		return "";
	/* a failure without a reason would look like none */
	assert_string_not_equal(f->why, "");
	return f->why;
}

const char *
fixture_run(struct fixture *f, const char *command, struct control_wait *wait, bool *quit)
{
	char line[512];
	struct control_wait own = { .what = WAIT_NOTHING };
	bool own_quit = false;
	json_t *r;

	(void)snprintf(line, sizeof(line), "%s", command);
	r = control_run(&f->w, line, wait == NULL ? &own : wait, quit == NULL ? &own_quit : quit);
	if (r == NULL)
		return NULL;
	assert_int_equal(json_array_append_new(f->kept, r), 0);
	if (json_is_true(json_object_get(r, "ok")))
		return "";
	return json_string_value(json_object_get(r, "error"));
}

json_t *
fixture_body(struct fixture *f)
{
	json_t *o;

	assert_non_null(f->x.rep.body);
	o = json_loadb((const char *)buf_data(f->x.rep.body), buf_len(f->x.rep.body), 0, NULL);
	assert_non_null(o);
	assert_int_equal(json_array_append_new(f->kept, o), 0);
	return o;
}

const char *
fixture_string(struct fixture *f, const char *member)
{
	const char *s = json_string_value(json_object_get(fixture_body(f), member));

	return s == NULL ? "" : s;
}

bool
fixture_violated(const struct fixture *f, const char *id)
{
	for (size_t i = 0; i < json_array_size(f->x.violations); i++) {
		const char *s = json_string_value(json_array_get(f->x.violations, i));

		if (s != NULL && strncmp(s, id, strlen(id)) == 0)
			return true;
	}
	return false;
}

struct code *
fixture_code(struct fixture *f, const char *scope, const char *user)
{
	struct code *c = codes_new(&f->w.codes, &f->w.ids, "linux-login", scope, "nonce-1234");

	assert_non_null(c);
	c->issued = c->last_answer = world_ms(&f->w);
	c->expires = c->issued + FIXTURE_LIFE_MS;
	if (user != NULL)
		assert_int_equal(codes_approve(c, user, world_wall(&f->w)), E_OK);
	return c;
}

struct grant *
fixture_grant(struct fixture *f, const char *scope, const char *user)
{
	const struct grant_for what = { .client_id = "linux-login",
		.username = user,
		.sub = people_user(&f->w.people, user)->sub,
		.scope = scope,
		.nonce = "nonce-1234",
		.auth_time = world_wall(&f->w) };

	return grants_new(&f->w.grants, &f->w.ids, &what, world_wall(&f->w));
}

/* R and S, 32 octets each. */
static void
sign_es256(EVP_PKEY *key, const char *text, uint8_t out[64])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t der[80];
	const uint8_t *at = der;
	size_t len = sizeof(der);
	ECDSA_SIG *sig;

	assert_int_equal(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	assert_int_equal(
	    EVP_DigestSign(ctx, der, &len, (const unsigned char *)text, strlen(text)), 1);
	assert_non_null(sig = d2i_ECDSA_SIG(NULL, &at, (long)len));
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, 32), 32);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + 32, 32), 32);
	ECDSA_SIG_free(sig);
	EVP_MD_CTX_free(ctx);
}

char *
fixture_jwt(const char *header, json_t *claims, const char *secret, EVP_PKEY *key)
{
	char *payload = json_dumps(claims, JSON_COMPACT), *out = calloc(1, 2048), *at = out;
	uint8_t sig[64];
	unsigned len = sizeof(sig);

	assert_non_null(payload);
	assert_non_null(out);
	assert_true(strlen(payload) < 1024 && strlen(header) < 128);
	b64url_encode(at, (const uint8_t *)header, strlen(header));
	at += strlen(at);
	*at++ = '.';
	b64url_encode(at, (const uint8_t *)payload, strlen(payload));
	if (secret == NULL)
		sign_es256(key, out, sig);
	else
		(void)HMAC(EVP_sha256(), secret, (int)strlen(secret), (const unsigned char *)out,
		    strlen(out), sig, &len);
	at += strlen(at);
	*at++ = '.';
	b64url_encode(at, sig, len);
	free(payload);
	json_decref(claims);
	return out;
}

json_t *
fixture_claims(const struct fixture *f, const char *client, const char *jti)
{
	json_int_t now = (json_int_t)world_wall(&f->w);
	json_t *claims = json_pack("{s:s, s:s, s:s, s:I, s:I, s:s}", "iss", client, "sub", client,
	    "aud", FIXTURE_ISSUER "/api/oidc/token", "iat", now, "exp", now + 60, "jti", jti);

	assert_non_null(claims);
	return claims;
}

void
fixture_query(struct fixture *f, const char *query)
{
	assert_int_equal(form_parse(&f->x.req.query, query, strlen(query)), E_OK);
}

void
fixture_cookie(struct fixture *f, const struct session *s)
{
	char value[256];

	(void)snprintf(value, sizeof(value), "a=1; " SIGNIN_COOKIE "=%s; b=2", s->id);
	assert_int_equal(pairs_add(&f->x.req.headers, "cookie", value), E_OK);
}

void
fixture_press(struct fixture *f, const struct session *s, const char *path, const char *name,
    const char *value, const char *more)
{
	char form[512], token[SESSIONS_CSRF_SIZE];

	sessions_csrf(s, path, value, token);
	(void)snprintf(form, sizeof(form), "csrf=%s&%s=%s&%s", token, name, value, more);
	(void)fixture_ask(f, "POST", path, form);
	fixture_cookie(f, s);
}

struct session *
fixture_session(struct fixture *f, const char *user)
{
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, world_ms(&f->w));

	assert_non_null(s);
	assert_int_equal(sessions_sign_in(s, user, world_wall(&f->w), world_ms(&f->w)), E_OK);
	return s;
}

bool
fixture_shows(struct fixture *f, const char *text)
{
	return f->x.rep.body != NULL && strstr(buf_cstr(f->x.rep.body), text) != NULL;
}

bool
fixture_leads(const struct fixture *f, const char *text)
{
	const char *v = pairs_get(&f->x.rep.headers, "Location");

	return v != NULL && strstr(v, text) != NULL;
}
