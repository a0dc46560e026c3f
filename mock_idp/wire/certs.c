/* A throw-away CA and the server certificate under it. RFC 5280. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "common/fdio.h"
#include "common/secmem.h"
#include "mock_idp/wire/certs.h"
#include "mock_idp/drbg.h"
#include "mock_idp/jose/keygen.h"

#define CENTURY_BEGIN 946684800 /* 2000-01-01 */
#define CENTURY_END 4102444799  /* 2099-12-31 */

struct ext {
	int nid;
	const char *value;
};

static const struct ext ca_ext[] = {
	{ NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
	{ NID_key_usage, "critical,keyCertSign,cRLSign" },
	{ NID_subject_key_identifier, "hash" },
	{ NID_undef, NULL },
};

static const struct ext server_ext[] = {
	{ NID_basic_constraints, "critical,CA:FALSE" },
	{ NID_key_usage, "critical,digitalSignature" },
	{ NID_ext_key_usage, "serverAuth" },
	{ NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost" },
	{ NID_subject_key_identifier, "hash" },
	{ NID_authority_key_identifier, "keyid" },
	{ NID_undef, NULL },
};

static bool
add_exts(X509 *cert, X509 *issuer, const struct ext *ext)
{
	X509V3_CTX ctx;
	bool ok = true;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	for (; ext->value != NULL && ok; ext++) {
		X509_EXTENSION *x = X509V3_EXT_conf_nid(NULL, &ctx, ext->nid, ext->value);

		ok = x != NULL && X509_add_ext(cert, x, -1) == 1;
		X509_EXTENSION_free(x);
	}
	return ok;
}

/* What both certificates share. */
struct issue {
	const uint64_t *seed;
	int64_t from, to;
};

static bool
set_serial(X509 *cert, const uint64_t *seed, const char *name)
{
	struct drbg d;
	uint8_t raw[16];
	BIGNUM *bn;
	bool ok;

	if (seed == NULL) {
		if (!secmem_random(raw, sizeof(raw)))
			return false;
	} else {
		drbg_init(&d, *seed, name);
		(void)drbg_fill(&d, raw, sizeof(raw));
	}
	/* RFC 5280 section 4.1.2.2: positive, and here of one length */
	raw[0] = (uint8_t)((raw[0] & 0x3f) | 0x20);
	bn = BN_bin2bn(raw, sizeof(raw), NULL);
	ok = bn != NULL && BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(cert)) != NULL;

	BN_free(bn);
	return ok;
}

/* A certificate for key, signed by issuer (itself for NULL) with issuer_key. */
static X509 *
make_cert(const struct issue *i, const char *name, EVP_PKEY *key, X509 *issuer,
    EVP_PKEY *issuer_key, const struct ext *ext)
{
	X509 *cert = X509_new();
	X509_NAME *subject;

	if (cert == NULL)
		return NULL;
	subject = X509_get_subject_name(cert);
	if (X509_set_version(cert, X509_VERSION_3) == 1 && set_serial(cert, i->seed, name) &&
	    ASN1_TIME_set(X509_getm_notBefore(cert), (time_t)i->from) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(cert), (time_t)i->to) != NULL &&
	    X509_NAME_add_entry_by_txt(
	        subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0) == 1 &&
	    X509_set_issuer_name(cert, issuer == NULL ? subject : X509_get_subject_name(issuer)) ==
	        1 &&
	    X509_set_pubkey(cert, key) == 1 &&
	    add_exts(cert, issuer == NULL ? cert : issuer, ext) &&
	    X509_sign(cert, issuer_key, EVP_sha256()) > 0)
		return cert;
	X509_free(cert);
	return NULL;
}

enum errcode
certs_make(struct certs *c, const uint64_t *seed, int64_t now, struct err *e)
{
	struct issue i = { seed, now - 3600, now + 30 * 86400 };
	EVP_PKEY *ca_key;

	if (seed != NULL) {
		i.from = CENTURY_BEGIN;
		i.to = CENTURY_END;
	}
	/* RSA signs the same bytes the same way, ECDSA with a nonce of OpenSSL's own; but a fresh
	 * RSA key costs more than the rest of the start */
	ca_key = seed == NULL ? keygen_ec(NULL, "ca") : keygen_rsa(seed, "ca");

	memset(c, 0, sizeof(*c));
	c->server_key = keygen_ec(seed, "server");
	if (ca_key != NULL && c->server_key != NULL) {
		c->ca =
		    make_cert(&i, "latchkey mock CA, for tests only", ca_key, NULL, ca_key, ca_ext);
		if (c->ca != NULL)
			c->server =
			    make_cert(&i, "127.0.0.1", c->server_key, c->ca, ca_key, server_ext);
	}
	EVP_PKEY_free(ca_key);
	if (c->server != NULL)
		return E_OK;
	certs_clear(c);
	return err_set(e, E_TLS, NULL, "cannot make the certificates");
}

void
certs_clear(struct certs *c)
{
	X509_free(c->ca);
	X509_free(c->server);
	EVP_PKEY_free(c->server_key);
	memset(c, 0, sizeof(*c));
}

enum errcode
certs_write_ca(const struct certs *c, const char *path, struct err *e)
{
	BIO *bio = BIO_new(BIO_s_mem());
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	enum errcode r = E_SYS;
	char *pem;
	long len;

	if (fd < 0 || bio == NULL || PEM_write_bio_X509(bio, c->ca) != 1)
		goto out;
	/* the umask of whoever starts us is not the readers' problem */
	if (fchmod(fd, 0644) != 0 || (len = BIO_get_mem_data(bio, &pem)) <= 0)
		goto out;
	r = fdio_write_all(fd, pem, (size_t)len);
out:
	if (r != E_OK)
		(void)err_set(e, r, NULL, "cannot write %s: %s", path, strerror(errno));
	fdio_close(&fd);
	BIO_free(bio);
	return r;
}

static int
choose_alpn(SSL *ssl, const unsigned char **out, unsigned char *outlen, const unsigned char *in,
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

SSL_CTX *
certs_server_ctx(const struct certs *c)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	if (ctx == NULL)
		return NULL;
	if (SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_use_certificate(ctx, c->server) != 1 ||
	    SSL_CTX_use_PrivateKey(ctx, c->server_key) != 1) {
		SSL_CTX_free(ctx);
		return NULL;
	}
	(void)SSL_CTX_set_mode(
	    ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_CTX_set_alpn_select_cb(ctx, choose_alpn, NULL);
	return ctx;
}
