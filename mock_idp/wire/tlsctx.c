/* What a connection's TLS is made with. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/records.h"
#include "mock_idp/wire/tlsctx.h"

static int
choose_http11(SSL *ssl, const unsigned char **out, unsigned char *outlen, const unsigned char *in,
    unsigned int inlen, void *arg)
{
	static const char http11[] = "http/1.1";
	size_t want = sizeof(http11) - 1;

	(void)ssl;
	(void)arg;
	for (unsigned int i = 0; i < inlen && in[i] < inlen - i; i += in[i] + 1U)
		if (in[i] == want && memcmp(in + i + 1, http11, want) == 0) {
			*out = in + i + 1;
			*outlen = (unsigned char)want;
			return SSL_TLSEXT_ERR_OK;
		}
	return SSL_TLSEXT_ERR_NOACK;
}

/* Whatever the client offered: RFC 7301 section 3.2 would have it refused. */
static int
choose_h2(SSL *ssl, const unsigned char **out, unsigned char *outlen, const unsigned char *in,
    unsigned int inlen, void *arg)
{
	static const unsigned char h2[] = "h2";

	(void)ssl;
	(void)in;
	(void)inlen;
	(void)arg;
	*out = h2;
	*outlen = sizeof(h2) - 1;
	return SSL_TLSEXT_ERR_OK;
}

/* TLS 1.1 and a key of 1024 bits are below every level that a distribution sets. */
static bool
set_versions(SSL_CTX *ctx, const struct tlsfault *f)
{
	int min = f->min != 0 ? f->min : f->max != 0 ? f->max : TLS1_2_VERSION;

	if (f->min == 0 && min > TLS1_2_VERSION)
		min = TLS1_2_VERSION;
	if (min < TLS1_2_VERSION || f->cert == TLSFAULT_WEAK)
		SSL_CTX_set_security_level(ctx, 0);
	return SSL_CTX_set_min_proto_version(ctx, min) == 1 &&
	    SSL_CTX_set_max_proto_version(ctx, f->max) == 1;
}

static bool
set_cert(SSL_CTX *ctx, struct certs *c, enum tlsfault_cert kind)
{
	X509 *chain = NULL;
	const struct certs_pair *p = certs_get(c, kind, &chain);

	return p != NULL && SSL_CTX_use_certificate(ctx, p->cert) == 1 &&
	    SSL_CTX_use_PrivateKey(ctx, p->key) == 1 &&
	    (chain == NULL || SSL_CTX_add1_chain_cert(ctx, chain) == 1);
}

SSL_CTX *
tlsctx_new(struct certs *c, const struct tlsfault *f)
{
	static const struct tlsfault none;
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	if (f == NULL)
		f = &none;
	if (ctx == NULL || !set_versions(ctx, f) || !set_cert(ctx, c, f->cert)) {
		SSL_CTX_free(ctx);
		return NULL;
	}
	/* an idle connection needs no buffers */
	(void)SSL_CTX_set_mode(ctx,
	    SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
	        SSL_MODE_RELEASE_BUFFERS);
	/* tickets do, and nothing is kept for every client that ever came */
	(void)SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_keylog_callback(ctx, records_keylog);
	SSL_CTX_set_alpn_select_cb(ctx, f->h2 ? choose_h2 : choose_http11, NULL);
	return ctx;
}
