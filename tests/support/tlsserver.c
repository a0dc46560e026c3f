/* A TLS server that answers what a test scripts. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "tests/support/tlsserver.h"

#define REQUEST_MAX 65536
#define ANSWERS_MAX 32

struct server {
	SSL_CTX *ctx;
	const struct tlsserver_answer *answer;
	size_t answers;
	bool used[ANSWERS_MAX];
	int journal;
};

static void
must(bool ok)
{
	if (!ok)
		abort();
}

static void
add_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
	X509_EXTENSION *ext;
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
	must((ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value)) != NULL);
	must(X509_add_ext(x, ext, -1) == 1);
	X509_EXTENSION_free(ext);
}

static X509 *
make_cert(EVP_PKEY *key, X509 *issuer, EVP_PKEY *signer, const char *name, long serial)
{
	X509 *x = X509_new();
	X509_NAME *n;

	must(x != NULL && X509_set_version(x, 2) == 1);
	must(ASN1_INTEGER_set(X509_get_serialNumber(x), serial) == 1);
	must(X509_gmtime_adj(X509_getm_notBefore(x), -3600) != NULL);
	must(X509_gmtime_adj(X509_getm_notAfter(x), 86400) != NULL);
	must((n = X509_get_subject_name(x)) != NULL);
	must(X509_NAME_add_entry_by_txt(
	         n, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0) == 1);
	must(X509_set_issuer_name(x, X509_get_subject_name(issuer == NULL ? x : issuer)) == 1);
	must(X509_set_pubkey(x, key) == 1);
	if (issuer == NULL) {
		add_extension(x, x, NID_basic_constraints, "critical,CA:TRUE");
		add_extension(x, x, NID_subject_key_identifier, "hash");
	} else {
		add_extension(x, issuer, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
		add_extension(x, issuer, NID_ext_key_usage, "serverAuth");
	}
	must(X509_sign(x, signer, EVP_sha256()) > 0);
	return x;
}

/* A CA of its own for each server: one's clients do not trust another. */
static SSL_CTX *
make_context(const char *ca_path)
{
	EVP_PKEY *ca_key = EVP_EC_gen("P-256"), *key = EVP_EC_gen("P-256");
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	X509 *ca, *leaf;
	FILE *f;

	must(ca_key != NULL && key != NULL && ctx != NULL);
	ca = make_cert(ca_key, NULL, ca_key, "Test CA", 1);
	leaf = make_cert(key, ca, ca_key, "Test server", 2);
	must((f = fopen(ca_path, "we")) != NULL && PEM_write_X509(f, ca) == 1 && fclose(f) == 0);
	must(SSL_CTX_use_certificate(ctx, leaf) == 1 && SSL_CTX_use_PrivateKey(ctx, key) == 1);
	X509_free(ca);
	X509_free(leaf);
	EVP_PKEY_free(ca_key);
	EVP_PKEY_free(key);
	return ctx;
}

void
tlsserver_listen(struct tlsserver *s)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr = { .s_addr = htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(a);

	*s = (struct tlsserver){ .listener = -1, .pid = -1 };
	tmpdir_make(&s->dir);
	(void)tmpdir_file(&s->dir, s->ca, "ca.pem");
	(void)tmpdir_write(&s->dir, s->journal, "journal", "", 0);
	s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(s->listener >= 0 && bind(s->listener, (struct sockaddr *)&a, sizeof(a)) == 0);
	must(listen(s->listener, 8) == 0);
	must(getsockname(s->listener, (struct sockaddr *)&a, &len) == 0);
	(void)snprintf(s->url, sizeof(s->url), "https://127.0.0.1:%u", ntohs(a.sin_port));
}

/* One request, its body included; false at the end of the connection. */
static bool
read_request(SSL *ssl, char *text, size_t size)
{
	size_t at = 0, want = 0;

	while (want == 0 || at < want) {
		const char *end, *length;
		int n = SSL_read(ssl, text + at, (int)(size - 1 - at));

		if (n <= 0)
			return false;
		at += (size_t)n;
		text[at] = '\0';
		if (want == 0 && (end = strstr(text, "\r\n\r\n")) != NULL) {
			length = strcasestr(text, "\r\ncontent-length:");
			want = (size_t)(end - text) + 4;
			if (length != NULL && length < end)
				want += strtoul(length + 17, NULL, 10);
		}
	}
	return true;
}

static const struct tlsserver_answer *
choose(struct server *v, const char *request)
{
	static const struct tlsserver_answer none = { "",
		"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", TLSSERVER_KEEP };
	const struct tlsserver_answer *last = &none;
	const char *target = strchr(request, ' ');

	for (size_t i = 0; target != NULL && i < v->answers; i++) {
		if (strncmp(target + 1, v->answer[i].target, strlen(v->answer[i].target)) != 0)
			continue;
		last = &v->answer[i];
		if (!v->used[i]) {
			v->used[i] = true;
			return last;
		}
	}
	return last;
}

/* Whether the connection goes on. */
static bool
give(SSL *ssl, const struct tlsserver_answer *a)
{
	int n = (int)strlen(a->bytes);
	bool sent = n == 0 || SSL_write(ssl, a->bytes, n) > 0;

	while (sent && a->then == TLSSERVER_ENDLESS)
		sent = SSL_write(ssl, a->bytes, n) > 0;
	while (sent && a->then == TLSSERVER_TAIL) {
		const char *tail = strstr(a->bytes, "\r\n") + 2;

		sent = SSL_write(ssl, tail, (int)strlen(tail)) > 0;
	}
	while (sent && a->then == TLSSERVER_HANG) {
		char byte;

		if (SSL_read(ssl, &byte, 1) <= 0)
			return false;
	}
	if (a->then == TLSSERVER_CLOSE)
		(void)SSL_shutdown(ssl);
	return sent && a->then == TLSSERVER_KEEP;
}

static void
converse(struct server *v, int fd)
{
	char *request = calloc(1, REQUEST_MAX);
	SSL *ssl = SSL_new(v->ctx);
	int one = 1;

	/* no test waits 40 ms for an acknowledgement */
	must(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) == 0);
	must(request != NULL && ssl != NULL && SSL_set_fd(ssl, fd) == 1);
	if (SSL_accept(ssl) == 1) {
		must(write(v->journal, "TLS\n", 4) == 4);
		while (read_request(ssl, request, REQUEST_MAX)) {
			must(write(v->journal, request, strlen(request)) > 0);
			if (!give(ssl, choose(v, request)))
				break;
		}
	}
	SSL_free(ssl);
	free(request);
	(void)close(fd);
}

static _Noreturn void
serve(struct server *v, int listener)
{
	/* the test's own descriptors must not live on here */
	listener = fcntl(listener, F_DUPFD, 100);
	v->journal = fcntl(v->journal, F_DUPFD, 100);
	must(listener >= 0 && v->journal >= 0 && close_range(3, 99, 0) == 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd < 0)
			_exit(0);
		ERR_clear_error();
		converse(v, fd);
	}
}

void
tlsserver_serve(struct tlsserver *s, const struct tlsserver_answer *a, size_t n)
{
	struct server v = { .answer = a, .answers = n };

	must(n <= ANSWERS_MAX);
	v.ctx = make_context(s->ca);
	must((v.journal = open(s->journal, O_WRONLY | O_APPEND | O_CLOEXEC)) >= 0);
	must((s->pid = fork()) >= 0);
	if (s->pid == 0)
		serve(&v, s->listener);
	SSL_CTX_free(v.ctx);
	(void)close(v.journal);
	(void)close(s->listener);
	s->listener = -1;
}

char *
tlsserver_json(const char *status, const char *body)
{
	char *text = NULL;

	must(asprintf(&text,
	         "HTTP/1.1 %s\r\nContent-Type: application/json; charset=utf-8\r\n"
	         "Content-Length: %zu\r\n\r\n%s",
	         status, strlen(body), body) > 0);
	return text;
}

size_t
tlsserver_count(const struct tlsserver *s, const char *text)
{
	char *all = calloc(1, 1 << 20), *at = all;
	int fd = open(s->journal, O_RDONLY | O_CLOEXEC);
	size_t n = 0;

	must(all != NULL && fd >= 0 && read(fd, all, (1 << 20) - 1) >= 0);
	(void)close(fd);
	while ((at = strstr(at, text)) != NULL) {
		at++;
		n++;
	}
	free(all);
	return n;
}

void
tlsserver_stop(struct tlsserver *s)
{
	if (s->pid > 0) {
		(void)kill(s->pid, SIGKILL);
		(void)waitpid(s->pid, NULL, 0);
	}
	if (s->listener >= 0)
		(void)close(s->listener);
	s->pid = s->listener = -1;
	tmpdir_remove(&s->dir);
}
