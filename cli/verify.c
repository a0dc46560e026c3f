/* latchkey verify: a compact token on standard input, judged by the worker's own code. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/words.h"
#include "common/num.h"
#include "helper/oidc/compact.h"
#include "helper/oidc/idtoken.h"

#define INPUT_MAX (64 * 1024)
#define SKEW 60

static const char usage[] =
    "usage: latchkey verify --jwks FILE --alg LIST < TOKEN\n"
    "       latchkey verify --jwks FILE --alg LIST --claims --issuer URL --client ID\n"
    "                [--now T] [--started T] [--nonce TEXT] < TOKEN\n";

struct verify {
	const char *jwks, *alg, *issuer, *client, *now, *started, *nonce;
	bool claims;
	struct jwks *keys;
	struct strlist algorithms;
	char *token;
};

/* The token's text without the newline that a shell puts behind it. */
static enum errcode
read_token(struct verify *v, struct err *e)
{
	struct buf *b = NULL;
	enum errcode r = input_read(&b, "-", INPUT_MAX, e);
	const char *text;
	size_t len;

	if (r != E_OK)
		return r;
	len = buf_len(b);
	if ((text = buf_cstr(b)) != NULL)
		v->token = strdup(text);
	buf_free(b);
	if (v->token == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (strlen(v->token) != len)
		return err_set(e, E_TOK, "jws.b64", "a NUL byte in the token");
	if (len > 0 && v->token[len - 1] == '\n')
		v->token[len - 1] = '\0';
	return E_OK;
}

static enum errcode
read_keys(struct verify *v, struct err *e)
{
	struct buf *b = NULL;
	enum errcode r = input_read(&b, v->jwks, JWKS_MAX, e);

	if (r == E_OK)
		r = jwks_parse(&v->keys, buf_data(b), buf_len(b), e);
	buf_free(b);
	return r;
}

static enum errcode
take_time(int64_t *out, const char *text, int64_t initial, struct err *e)
{
	uint64_t n = 0;

	*out = initial;
	if (text == NULL)
		return E_OK;
	if (!num_parse(text, 0, INT64_MAX / 2, &n))
		return err_set(e, E_CFG, NULL, "%s is no number of seconds since 1970", text);
	*out = (int64_t)n;
	return E_OK;
}

/* As the worker judges an ID token; at_hash needs the access token, which is not here. */
static enum errcode
judge_claims(const struct verify *v, struct err *e)
{
	struct idtoken_expect x = { .issuer = v->issuer,
		.client_id = v->client,
		.algorithms = &v->algorithms,
		.nonce = v->nonce,
		.nonce_required = v->nonce != NULL,
		.any_access_token = true,
		.skew = SKEW };
	struct idtoken *t = NULL;
	enum errcode r;

	if ((r = take_time(&x.now, v->now, time(NULL), e)) == E_OK &&
	    (r = take_time(&x.started, v->started, 0, e)) == E_OK)
		/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): v keeps its token, main frees it */
		r = idtoken_verify(&t, v->token, v->keys, &x, e);
	idtoken_free(t);
	return r;
}

static enum errcode
judge(const struct verify *v, struct err *e)
{
	struct compact c = { .payload = NULL };
	enum errcode r;

	if ((v->claims && (r = judge_claims(v, e)) != E_OK) ||
	    (r = compact_open_any(&c, v->token, v->keys, &v->algorithms, e)) != E_OK)
		return r;
	if (fwrite(c.payload, 1, c.len, stdout) != c.len || fflush(stdout) != 0)
		r = err_set(e, E_SYS, NULL, "cannot write the payload");
	compact_clear(&c);
	return r;
}

static enum errcode
run(struct verify *v, struct err *e)
{
	enum errcode r;

	if (input_algorithms(&v->algorithms, v->alg, e) != E_OK)
		return E_CFG;
	if ((r = read_keys(v, e)) != E_OK)
		return r == E_SYS ? E_CFG : r;
	if ((r = read_token(v, e)) != E_OK)
		return r;
	return judge(v, e);
}

int
verify_main(int argc, char *argv[])
{
	struct verify v = { .jwks = NULL };
	const struct words_row rows[] = {
		{ "--jwks", &v.jwks, NULL },
		{ "--alg", &v.alg, NULL },
		{ "--claims", NULL, &v.claims },
		{ "--issuer", &v.issuer, NULL },
		{ "--client", &v.client, NULL },
		{ "--now", &v.now, NULL },
		{ "--started", &v.started, NULL },
		{ "--nonce", &v.nonce, NULL },
	};
	struct err e = { .code = E_OK };
	bool of_claims;
	enum errcode r;

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv))
		return CLI_USAGE;
	of_claims = v.issuer != NULL || v.client != NULL || v.now != NULL || v.started != NULL ||
	    v.nonce != NULL;
	if (v.jwks == NULL || v.alg == NULL ||
	    (v.claims ? v.issuer == NULL || v.client == NULL : of_claims)) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	r = run(&v, &e);
	if (r != E_OK)
		(void)fprintf(
		    stderr, "%s: %s\n", r == E_CFG ? "latchkey verify" : err_reason(&e), e.text);
	jwks_free(v.keys);
	strlist_clear(&v.algorithms);
	free(v.token);
	return r == E_OK ? CLI_OK : r == E_CFG ? CLI_USAGE : CLI_REFUSED;
}
