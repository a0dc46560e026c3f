/* One certificate. */
#include "config.h"

#include <stdbool.h>

#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include "common/secmem.h"
#include "mock_idp/drbg.h"
#include "mock_idp/wire/cert.h"

static bool
add_exts(X509 *cert, X509 *issuer, const struct cert_ext *ext)
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

static bool
set_serial(X509 *cert, const struct cert_order *o)
{
	struct drbg d;
	uint8_t raw[16];
	BIGNUM *bn;
	bool ok;

	if (o->seed == NULL) {
		if (!secmem_random(raw, sizeof(raw)))
			return false;
	} else {
		drbg_init(&d, *o->seed, o->use);
		(void)drbg_fill(&d, raw, sizeof(raw));
	}
	/* RFC 5280 section 4.1.2.2: positive, and here of one length */
	raw[0] = (uint8_t)((raw[0] & 0x3f) | 0x20);
	bn = BN_bin2bn(raw, sizeof(raw), NULL);
	ok = bn != NULL && BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(cert)) != NULL;

	BN_free(bn);
	return ok;
}

static bool
fill(X509 *cert, const struct cert_order *o)
{
	X509_NAME *subject = X509_get_subject_name(cert);
	X509 *issuer = o->issuer == NULL ? cert : o->issuer;

	return X509_set_version(cert, X509_VERSION_3) == 1 && set_serial(cert, o) &&
	    ASN1_TIME_set(X509_getm_notBefore(cert), (time_t)o->from) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(cert), (time_t)o->to) != NULL &&
	    X509_NAME_add_entry_by_txt(
	        subject, "CN", MBSTRING_ASC, (const unsigned char *)o->cn, -1, -1, 0) == 1 &&
	    X509_set_issuer_name(cert, X509_get_subject_name(issuer)) == 1 &&
	    X509_set_pubkey(cert, o->key) == 1 && add_exts(cert, issuer, o->ext);
}

X509 *
cert_make(const struct cert_order *o)
{
	X509 *cert = X509_new();

	if (cert != NULL && fill(cert, o) && X509_sign(cert, o->issuer_key, EVP_sha256()) > 0)
		return cert;
	X509_free(cert);
	return NULL;
}
