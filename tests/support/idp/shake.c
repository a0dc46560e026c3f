/* One connection by libssl. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include "common/buf.h"
#include "common/clock.h"
#include "tests/support/idp/bytes.h"
#include "tests/support/idp/shake.h"

#define READ_MAX ((size_t)2 * 1024 * 1024)
#define SHAKE_MS 3000 /* for the handshake */
#define SHOWN_MAX ((size_t)64 * 1024)

static int
dial(const char *origin, int ms)
{
	const char *colon = strrchr(origin, ':');
	struct sockaddr_in sa = { .sin_family = AF_INET };
	struct timeval tv = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	sa.sin_port = htons((uint16_t)strtoul(colon == NULL ? "0" : colon + 1, NULL, 10));
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	if (connect(fd, (const struct sockaddr *)&sa, sizeof(sa)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* Old versions too, so that they can be seen; the certificate is judged as a client of today does.
 */
static SSL *
new_ssl(SSL_CTX *ctx, const char *ca_file, int fd)
{
	SSL *ssl;

	if (SSL_CTX_load_verify_locations(ctx, ca_file, NULL) != 1 || (ssl = SSL_new(ctx)) == NULL)
		return NULL;
	SSL_set_verify(ssl, SSL_VERIFY_NONE, NULL);
	(void)SSL_set_min_proto_version(ssl, TLS1_VERSION);
	(void)SSL_set_cipher_list(ssl, "ALL:@SECLEVEL=0");
	(void)X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), "127.0.0.1");
	X509_VERIFY_PARAM_set_auth_level(SSL_get0_param(ssl), 2);
	(void)SSL_set_fd(ssl, fd);
	return ssl;
}

/* Counts what comes, empty ones too. */
static void
on_record(int write, int version, int type, const void *p, size_t len, SSL *ssl, void *arg)
{
	(void)version;
	(void)p;
	(void)len;
	(void)ssl;
	if (write == 0 && type == SSL3_RT_HEADER)
		(*(json_int_t *)arg)++;
}

static json_t *
facts(SSL *ssl, bool shaken)
{
	STACK_OF(X509) *chain = shaken ? SSL_get_peer_cert_chain(ssl) : NULL;
	long v = SSL_get_verify_result(ssl);

	if (!shaken)
		return json_pack("{s:b}", "handshake", 0);
	return json_pack("{s:b, s:s, s:s, s:i}", "handshake", 1, "version", SSL_get_version(ssl),
	    "verify", v == X509_V_OK ? "ok" : X509_verify_cert_error_string(v), "chain",
	    chain == NULL ? 0 : sk_X509_num(chain));
}

/* True when the end was announced. */
static bool
read_all(SSL *ssl, struct buf *b, int64_t deadline)
{
	char part[8192];
	int n;

	while ((n = SSL_read(ssl, part, sizeof(part))) > 0)
		if (buf_put(b, part, (size_t)n) != E_OK || clock_boot_ms(&clock_system) > deadline)
			return false;
	return SSL_get_error(ssl, n) == SSL_ERROR_ZERO_RETURN;
}

static void
talk(SSL *ssl, json_t *seen, json_t *tls, const char *origin, const char *path, int ms)
{
	struct buf *b = buf_new(READ_MAX);
	char request[512];
	int len = path == NULL ? 0
	                       : snprintf(request, sizeof(request),
	                             "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
	                             path, strstr(origin, "//") + 2);
	struct timeval tv;
	bool announced;
	size_t n;

	if (len > 0)
		(void)SSL_write(ssl, request, len);
	tv = (struct timeval){ .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };
	(void)setsockopt(SSL_get_fd(ssl), SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	announced = read_all(ssl, b, clock_boot_ms(&clock_system) + ms);
	n = buf_len(b);
	(void)json_object_set_new(tls, "close_notify", json_boolean(announced));
	(void)json_object_set_new(seen, "raw_bytes", json_integer((json_int_t)n));
	(void)json_object_set_new(
	    seen, "raw", bytes_text(buf_data(b), n > SHOWN_MAX ? SHOWN_MAX : n));
	buf_free(b);
}

json_t *
shake(const char *origin, const char *path, const char *ca_file, int ms)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
	int fd = dial(origin, SHAKE_MS);
	SSL *ssl = ctx == NULL || fd < 0 ? NULL : new_ssl(ctx, ca_file, fd);
	json_t *seen = json_object(), *tls = NULL;
	json_int_t records = 0;
	bool shaken;

	if (ssl != NULL) {
		SSL_set_msg_callback(ssl, on_record);
		SSL_set_msg_callback_arg(ssl, &records);
		shaken = SSL_connect(ssl) == 1;
		tls = facts(ssl, shaken);
		if (shaken && ms > 0)
			talk(ssl, seen, tls, origin, path, ms);
		(void)json_object_set_new(seen, "tls", tls);
		(void)json_object_set_new(seen, "records", json_integer(records));
	}
	SSL_free(ssl);
	SSL_CTX_free(ctx);
	if (fd >= 0)
		(void)close(fd);
	ERR_clear_error();
	return seen;
}
