/* The private key by which this client signs. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "common/secmem.h"
#include "helper/oidc/client_key.h"

#define RSA_MIN 2048
#define RSA_MAX 8192
#define HOW                                                                                        \
	"; expected RSA of 2048 to 8192 bits or EC on P-256, such as \"openssl genpkey "           \
	"-algorithm EC -pkeyopt ec_paramgen_curve:P-256\" makes"

/* OpenSSL's own would ask whoever sits at a terminal. */
static int
no_passphrase(char *buf, int size, int writing, void *asked)
{
	(void)buf;
	(void)size;
	(void)writing;
	*(bool *)asked = true;
	return -1;
}

static enum errcode
open_pem(EVP_PKEY **out, const char *pem, struct err *e)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	bool asked = false;

	if (bio == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	*out = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, &asked);
	BIO_free(bio);
	ERR_clear_error();
	if (*out != NULL)
		return E_OK;
	return err_set(e, E_CFG, "cfg.client_key.unfit", "client_key_file: found %s",
	    asked ? "a key under a passphrase; expected one without, in a file that only root reads"
	          : "no private key in PEM" HOW);
}

static enum errcode
judge_rsa(const EVP_PKEY *k, enum client_key_alg *alg, struct err *e)
{
	int bits = EVP_PKEY_get_bits(k);

	if (bits < RSA_MIN || bits > RSA_MAX)
		return err_set(e, E_CFG, "cfg.client_key.unfit",
		    "client_key_file: found an RSA key of %d bits" HOW, bits);
	*alg = CLIENT_KEY_RS256;
	return E_OK;
}

static enum errcode
judge_ec(const EVP_PKEY *k, enum client_key_alg *alg, struct err *e)
{
	char group[32] = "";

	(void)EVP_PKEY_get_utf8_string_param(
	    k, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group), NULL);
	if (strcmp(group, "prime256v1") != 0)
		return err_set(e, E_CFG, "cfg.client_key.unfit",
		    "client_key_file: found an EC key on %s" HOW,
		    group[0] == '\0' ? "a curve without a name" : group);
	*alg = CLIENT_KEY_ES256;
	return E_OK;
}

static enum errcode
judge(const EVP_PKEY *k, enum client_key_alg *alg, struct err *e)
{
	switch (EVP_PKEY_get_base_id(k)) {
	case EVP_PKEY_RSA:
		return judge_rsa(k, alg, e);
	case EVP_PKEY_EC:
		return judge_ec(k, alg, e);
	default:
		return err_set(e, E_CFG, "cfg.client_key.unfit",
		    "client_key_file: found a key of another type" HOW);
	}
}

/* Whatever stood in the file, what signs later reads one block that was judged here. */
static char *
write_pem(const EVP_PKEY *k)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	char *text, *pem = NULL;
	long len;

	if (bio != NULL && PEM_write_bio_PKCS8PrivateKey(bio, k, NULL, NULL, 0, NULL, NULL) == 1 &&
	    (len = BIO_get_mem_data(bio, &text)) > 0)
		pem = strndup(text, (size_t)len);
	BIO_free(bio);
	return pem;
}

enum errcode
client_key_read(struct client_key **out, const char *pem, struct err *e)
{
	struct client_key *k = NULL;
	EVP_PKEY *key = NULL;
	enum errcode r;

	if ((r = open_pem(&key, pem, e)) != E_OK)
		return r;
	if ((k = calloc(1, sizeof(*k))) == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	else if ((r = judge(key, &k->alg, e)) == E_OK && (k->pem = write_pem(key)) == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	if (r == E_OK) {
		*out = k;
		k = NULL;
	}
	client_key_free(k);
	EVP_PKEY_free(key);
	return r;
}

void
client_key_free(struct client_key *k)
{
	if (k == NULL)
		return;
	secmem_freestr(k->pem);
	free(k);
}
