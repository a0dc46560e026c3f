/* The key with which the built-in client of private_key_jwt signs. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/pem.h>

#include "common/fdio.h"
#include "mock_idp/client_key.h"
#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/keygen.h"

EVP_PKEY *
client_key_make(const uint64_t *seed)
{
	return keygen_ec(seed, "client");
}

json_t *
client_key_jwk(const EVP_PKEY *key)
{
	json_t *jwk = jwk_public(key);

	if (jwk != NULL &&
	    (json_object_set_new(jwk, "use", json_string("sig")) != 0 ||
	        json_object_set_new(jwk, "alg", json_string("ES256")) != 0 ||
	        json_object_set_new(jwk, "kid", json_string("client")) != 0)) {
		json_decref(jwk);
		return NULL;
	}
	return jwk;
}

enum errcode
client_key_write(const EVP_PKEY *key, const char *path, struct err *e)
{
	/* readers of PEM skip what stands before it */
	static const char mark[] = "latchkey-mock-idp: a key for tests, known to everybody\n";
	BIO *bio = BIO_new(BIO_s_mem());
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	enum errcode r = E_SYS;
	char *pem;
	long len;

	if (fd >= 0 && bio != NULL && BIO_puts(bio, mark) > 0 &&
	    PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
	    (len = BIO_get_mem_data(bio, &pem)) > 0 && fchmod(fd, 0644) == 0)
		r = fdio_write_all(fd, pem, (size_t)len);
	if (r != E_OK)
		(void)err_set(e, r, NULL, "cannot write %s: %s", path, strerror(errno));
	fdio_close(&fd);
	BIO_free(bio);
	return r;
}
