/* The decoy: what a stranger sees. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/fdio.h"
#include "common/secmem.h"
#include "helper/decoy.h"
#include "helper/sys/store.h"

#define FORMAT 1
#define FILE_MAX (16 * 1024)
#define NUMBERS "0123456789"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define CONSONANTS "BCDFGHJKLMNPQRSTVWXZ" /* RFC 8628 section 6.1; Authelia's twenty */

/* One code tells its alphabet: the classes of characters in it, capitals without vowels as the RFC
 * advises. */
static char *
alphabet_of(const char *code)
{
	bool upper = strpbrk(code, UPPER) != NULL, vowels = strpbrk(code, "AEIOUY") != NULL;
	char *s = NULL;

	if (asprintf(&s, "%s%s%s", strpbrk(code, NUMBERS) != NULL ? NUMBERS : "",
	        !upper       ? ""
	            : vowels ? UPPER
	                     : CONSONANTS,
	        strpbrk(code, LOWER) != NULL ? LOWER : "") < 0)
		return NULL;
	return s;
}

static char *
shape_of(const char *code)
{
	char *s = strdup(code);

	for (char *p = s; p != NULL && *p != '\0'; p++)
		if (strchr(NUMBERS UPPER LOWER, *p) != NULL)
			*p = 'x';
	return s;
}

/* The complete URI up to the code at its end; "" where it does not end with the code. */
static char *
prefix_of(const struct ipc_code *c)
{
	size_t whole = strlen(c->verification_uri_complete), code = strlen(c->user_code);

	if (whole <= code || strcmp(c->verification_uri_complete + whole - code, c->user_code) != 0)
		return strdup("");
	return strndup(c->verification_uri_complete, whole - code);
}

/* Everything but the numbers is there. */
static enum errcode
whole(struct decoy *d, struct err *e)
{
	if (d->issuer != NULL && d->verification_uri != NULL && d->complete_prefix != NULL &&
	    d->shape != NULL && d->alphabet != NULL)
		return E_OK;
	decoy_clear(d);
	return err_set(e, E_NOMEM, NULL, "decoy: out of memory");
}

enum errcode
decoy_learn(struct decoy *d, const char *issuer, const struct ipc_code *code, uint32_t prepare_ms,
    struct err *e)
{
	*d = (struct decoy){
		.issuer = strdup(issuer),
		.verification_uri = strdup(code->verification_uri),
		.complete_prefix = prefix_of(code),
		.shape = shape_of(code->user_code),
		.alphabet = alphabet_of(code->user_code),
		.expires_in = code->expires_in,
		.interval = code->interval,
		.prepare_ms = prepare_ms < DECOY_WAIT_MAX_MS ? prepare_ms : DECOY_WAIT_MAX_MS,
	};
	return whole(d, e);
}

static enum errcode
habits(struct decoy *d, const char *issuer, struct err *e)
{
	struct ipc_code c = { .user_code = NULL, .expires_in = 599, .interval = 10 };
	char code[] = "BCDFGHJK", *uri = NULL, *complete = NULL;
	size_t len = strlen(issuer);
	enum errcode r = E_NOMEM;

	if (len > 0 && issuer[len - 1] == '/')
		len--;
	if (asprintf(&uri, "%.*s/consent/openid/device-authorization", (int)len, issuer) >= 0 &&
	    asprintf(&complete, "%s?user_code=%s", uri, code) >= 0) {
		c.user_code = code;
		c.verification_uri = uri;
		c.verification_uri_complete = complete;
		r = decoy_learn(d, issuer, &c, 150, e);
	}
	free(uri);
	free(complete);
	return r;
}

static bool
decode(struct decoy *d, const struct buf *b, const char *issuer)
{
	struct rd r;

	rd_init(&r, buf_data(b), buf_len(b));
	if (rd_u8(&r) != FORMAT)
		return false;
	d->issuer = rd_str(&r, URL_MAX);
	d->verification_uri = rd_str(&r, IPC_URI_MAX);
	d->complete_prefix = rd_str(&r, IPC_URI_MAX);
	d->shape = rd_str(&r, IPC_USER_CODE_MAX);
	d->alphabet = rd_str(&r, 64);
	d->expires_in = rd_u32(&r);
	d->interval = rd_u32(&r);
	d->prepare_ms = rd_u32(&r);
	if (rd_done(&r) && strcmp(d->issuer, issuer) == 0 && d->alphabet[0] != '\0' &&
	    d->prepare_ms <= DECOY_WAIT_MAX_MS)
		return true;
	decoy_clear(d);
	return false;
}

enum errcode
decoy_load(struct decoy *d, const char *dir, const char *issuer, struct err *e)
{
	struct buf *b = NULL;
	bool known = false;
	int fd = -1;

	memset(d, 0, sizeof(*d));
	if (store_dir(&fd, dir, 0700, NULL) == E_OK &&
	    store_read(fd, DECOY_FILE, FILE_MAX, &b, NULL) == E_OK)
		known = decode(d, b, issuer);
	buf_free(b);
	fdio_close(&fd);
	return known ? E_OK : habits(d, issuer, e);
}

enum errcode
decoy_store(const struct decoy *d, const char *dir, struct err *e)
{
	struct buf *b = buf_new(FILE_MAX);
	enum errcode r = E_NOMEM;
	int fd = -1;

	if (b == NULL || (r = buf_put_u8(b, FORMAT)) != E_OK ||
	    (r = buf_put_str(b, d->issuer)) != E_OK ||
	    (r = buf_put_str(b, d->verification_uri)) != E_OK ||
	    (r = buf_put_str(b, d->complete_prefix)) != E_OK ||
	    (r = buf_put_str(b, d->shape)) != E_OK || (r = buf_put_str(b, d->alphabet)) != E_OK ||
	    (r = buf_put_u32(b, d->expires_in)) != E_OK ||
	    (r = buf_put_u32(b, d->interval)) != E_OK ||
	    (r = buf_put_u32(b, d->prepare_ms)) != E_OK)
		r = err_set(e, r, NULL, "decoy: does not fit");
	else if ((r = store_dir(&fd, dir, 0700, e)) == E_OK)
		r = store_write(fd, DECOY_FILE, b, e);
	buf_free(b);
	fdio_close(&fd);
	return r;
}

void
decoy_clear(struct decoy *d)
{
	free(d->issuer);
	free(d->verification_uri);
	free(d->complete_prefix);
	free(d->shape);
	free(d->alphabet);
	memset(d, 0, sizeof(*d));
}

bool
decoy_is_same(const struct decoy *a, const struct decoy *b)
{
	return strcmp(a->issuer, b->issuer) == 0 &&
	    strcmp(a->verification_uri, b->verification_uri) == 0 &&
	    strcmp(a->complete_prefix, b->complete_prefix) == 0 &&
	    strcmp(a->shape, b->shape) == 0 && strcmp(a->alphabet, b->alphabet) == 0 &&
	    a->expires_in == b->expires_in && a->interval == b->interval;
}

/* An even draw below n, by rejection. */
static bool
draw(size_t n, size_t *out)
{
	uint8_t byte;

	do
		if (!secmem_random(&byte, 1))
			return false;
	while (byte >= 256 - 256 % n);
	*out = byte % n;
	return true;
}

int64_t
decoy_latency(uint32_t prepare_ms)
{
	size_t some = 0;

	(void)draw(64, &some);
	return (int64_t)prepare_ms * (64 + (int64_t)some) / 256;
}

enum errcode
decoy_code(struct ipc_code *out, const struct decoy *d, struct err *e)
{
	struct ipc_code c = { .expires_in = d->expires_in, .interval = d->interval };
	size_t n = strlen(d->alphabet), at;

	c.user_code = strdup(d->shape);
	c.verification_uri = strdup(d->verification_uri);
	for (char *p = c.user_code; p != NULL && *p != '\0'; p++) {
		if (*p != 'x')
			continue;
		if (!draw(n, &at))
			goto fail;
		*p = d->alphabet[at];
	}
	if (c.user_code == NULL || c.verification_uri == NULL ||
	    asprintf(&c.verification_uri_complete, "%s%s", d->complete_prefix,
	        d->complete_prefix[0] != '\0' ? c.user_code : "") < 0) {
		c.verification_uri_complete = NULL;
		goto fail;
	}
	*out = c; /* NOLINT(clang-analyzer-unix.Malloc): ipc_clear frees it */
	return E_OK;
fail:
	free(c.user_code);
	free(c.verification_uri);
	return err_set(e, E_NOMEM, NULL, "decoy: no memory or no randomness");
}
