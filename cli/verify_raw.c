/* latchkey verify-raw: a bare signature over given bytes, judged by the worker's own code. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/words.h"
#include "common/b64url.h"
#include "helper/oidc/json.h"
#include "helper/oidc/jws.h"

static const char usage[] =
    "usage: latchkey verify-raw --alg NAME --jwk FILE --msg HEX --sig HEX\n";

struct raw {
	const char *alg, *jwk, *msg, *sig;
	struct jwk key;
	struct buf *msg_bytes, *sig_bytes;
};

static enum errcode
read_key(struct raw *w, struct err *e)
{
	struct buf *b = NULL;
	json_t *o = NULL;
	enum errcode r;

	if ((r = input_read(&b, w->jwk, 64 * 1024, e)) != E_OK)
		return r == E_SYS ? E_CFG : r;
	if ((r = json_read(&o, buf_data(b), buf_len(b), 64 * 1024, E_KEYS, "jwks", e)) == E_OK &&
	    (r = jwk_parse(&w->key, o, e)) == E_OK && w->key.pkey == NULL)
		r = err_set(e, E_KEYS, w->key.why.reason, "%s", w->key.why.text);
	json_decref(o);
	buf_free(b);
	return r;
}

/* The worker's verifier takes a signature as a token has it: in base64url. */
static enum errcode
judge(const struct raw *w, const struct alg *a, struct err *e)
{
	struct jwthead h = { .alg = a,
		.input = buf_len(w->msg_bytes) == 0 ? "" : (const char *)buf_data(w->msg_bytes),
		.input_len = buf_len(w->msg_bytes) };
	size_t len = buf_len(w->sig_bytes);
	char *text = malloc(B64URL_ENCODED(len) + 1);
	enum errcode r;

	if (text == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	b64url_encode(text, len == 0 ? (const uint8_t *)"" : buf_data(w->sig_bytes), len);
	h.sig = text;
	h.sig_len = B64URL_ENCODED(len);
	r = jws_verify(&h, a, &w->key, e);
	free(text);
	return r;
}

static enum errcode
run(struct raw *w, struct err *e)
{
	const struct alg *a = alg_find(w->alg);
	enum errcode r;

	if (a == NULL)
		return err_set(e, E_CFG, NULL, "--alg: %s is not offered here", w->alg);
	if (input_hex(&w->msg_bytes, w->msg, e) != E_OK ||
	    input_hex(&w->sig_bytes, w->sig, e) != E_OK)
		return E_CFG;
	if ((r = read_key(w, e)) != E_OK)
		return r;
	return judge(w, a, e);
}

int
verify_raw_main(int argc, char *argv[])
{
	struct raw w = { .alg = NULL };
	const struct words_row rows[] = {
		{ "--alg", &w.alg, NULL },
		{ "--jwk", &w.jwk, NULL },
		{ "--msg", &w.msg, NULL },
		{ "--sig", &w.sig, NULL },
	};
	struct err e = { .code = E_OK };
	enum errcode r;

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv))
		return CLI_USAGE;
	if (w.alg == NULL || w.jwk == NULL || w.msg == NULL || w.sig == NULL) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	r = run(&w, &e);
	if (r != E_OK)
		(void)fprintf(stderr, "%s: %s\n",
		    r == E_CFG ? "latchkey verify-raw" : err_reason(&e), e.text);
	jwk_clear(&w.key);
	buf_free(w.msg_bytes);
	buf_free(w.sig_bytes);
	return r == E_OK ? CLI_OK : r == E_CFG ? CLI_USAGE : CLI_REFUSED;
}
