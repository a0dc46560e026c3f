/* TLS 1.3 records with nothing in them. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "mock_idp/wire/records.h"

#define TAG 16
#define RECORD (5 + 1 + TAG) /* header, inner content type, tag */

void
records_listen(SSL *ssl, struct records *r)
{
	r->len = 0;
	(void)SSL_set_app_data(ssl, r);
	(void)SSL_set_num_tickets(ssl, 0);
}

/* "SERVER_TRAFFIC_SECRET_0 CLIENT-RANDOM SECRET", both in hex. */
void
records_keylog(const SSL *ssl, const char *line)
{
	static const char label[] = "SERVER_TRAFFIC_SECRET_0 ";
	struct records *r = SSL_get_app_data(ssl);
	const char *hex = strrchr(line, ' ');
	unsigned byte;

	if (r == NULL || hex == NULL || strncmp(line, label, sizeof(label) - 1) != 0)
		return;
	r->len = 0;
	for (hex++; r->len < sizeof(r->secret) && sscanf(hex, "%2x", &byte) == 1; hex += 2)
		r->secret[r->len++] = (uint8_t)byte;
}

/* HKDF-Expand-Label of one block without a context. RFC 8446 section 7.1, RFC 5869 section 2.3. */
static bool
expand(const EVP_MD *md, const struct records *r, const char *label, uint8_t *out, size_t len)
{
	uint8_t info[32], block[EVP_MAX_MD_SIZE];
	unsigned int got = 0;
	int n = snprintf((char *)info + 3, sizeof(info) - 5, "tls13 %s", label);

	info[0] = 0;
	info[1] = (uint8_t)len;
	info[2] = (uint8_t)n;
	info[3 + n] = 0;
	info[4 + n] = 1;
	if (HMAC(md, r->secret, (int)r->len, info, (size_t)n + 5, block, &got) == NULL || got < len)
		return false;
	memcpy(out, block, len);
	return true;
}

/* The record of that number. RFC 8446 sections 5.2 and 5.3. */
static bool
seal(EVP_CIPHER_CTX *ctx, const uint8_t *key, const uint8_t iv[12], uint64_t number,
    uint8_t out[RECORD])
{
	static const uint8_t head[5] = { 23, 3, 3, 0, 1 + TAG }, inner = 23;
	uint8_t nonce[12];
	int n;

	memcpy(nonce, iv, sizeof(nonce));
	for (int i = 0; i < 8; i++)
		nonce[11 - i] ^= (uint8_t)(number >> (8 * i));
	memcpy(out, head, sizeof(head));
	return EVP_EncryptInit_ex(ctx, NULL, NULL, key, nonce) == 1 &&
	    EVP_EncryptUpdate(ctx, NULL, &n, head, sizeof(head)) == 1 &&
	    EVP_EncryptUpdate(ctx, out + 5, &n, &inner, 1) == 1 &&
	    EVP_EncryptFinal_ex(ctx, out + 6, &n) == 1 &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG, out + 6) == 1;
}

struct buf *
records_empty(const SSL *ssl, const struct records *r, size_t n)
{
	const SSL_CIPHER *suite = SSL_get_current_cipher(ssl);
	const EVP_CIPHER *cipher =
	    suite == NULL ? NULL : EVP_get_cipherbynid(SSL_CIPHER_get_cipher_nid(suite));
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	struct buf *b = buf_new(n * RECORD);
	uint8_t key[EVP_MAX_KEY_LENGTH], iv[12], one[RECORD];
	bool ok = SSL_version(ssl) == TLS1_3_VERSION && r->len > 0 && cipher != NULL &&
	    ctx != NULL && b != NULL && EVP_EncryptInit_ex(ctx, cipher, NULL, NULL, NULL) == 1 &&
	    expand(SSL_CIPHER_get_handshake_digest(suite), r, "key", key,
	        (size_t)EVP_CIPHER_get_key_length(cipher)) &&
	    expand(SSL_CIPHER_get_handshake_digest(suite), r, "iv", iv, sizeof(iv));

	for (size_t i = 0; i < n && ok; i++)
		ok = seal(ctx, key, iv, i, one) && buf_put(b, one, sizeof(one)) == E_OK;
	EVP_CIPHER_CTX_free(ctx);
	if (ok)
		return b;
	buf_free(b);
	return NULL;
}
