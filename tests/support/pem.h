/* A private key as the text of a file. */
#ifndef TESTS_SUPPORT_PEM_H
#define TESTS_SUPPORT_PEM_H

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

enum pem_form { PEM_PKCS8, PEM_TRADITIONAL, PEM_LOCKED, PEM_PUBLIC };

/* free; aborts when it cannot. */
static inline char *
pem_of(const EVP_PKEY *k, enum pem_form form)
{
	static unsigned char word[] = "word";
	BIO *bio = BIO_new(BIO_s_mem());
	char *text, *s;
	long len;
	int ok = 0;

	switch (form) {
	case PEM_PKCS8:
		ok = PEM_write_bio_PKCS8PrivateKey(bio, k, NULL, NULL, 0, NULL, NULL);
		break;
	case PEM_TRADITIONAL:
		ok = PEM_write_bio_PrivateKey_traditional(bio, k, NULL, NULL, 0, NULL, NULL);
		break;
	case PEM_LOCKED:
		ok = PEM_write_bio_PrivateKey(bio, k, EVP_aes_256_cbc(), word, 4, NULL, NULL);
		break;
	case PEM_PUBLIC:
		ok = PEM_write_bio_PUBKEY(bio, k);
		break;
	}
	if (ok != 1 || (len = BIO_get_mem_data(bio, &text)) <= 0 ||
	    (s = strndup(text, (size_t)len)) == NULL)
		abort();
	BIO_free(bio);
	return s;
}

#endif
