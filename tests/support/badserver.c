/* What a login may find where its provider should be: one habit a process, on a free port of
 * 127.0.0.1. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define REPLY_MAX 65536
#define DAY 86400

static const char usage[] =
    "usage: badserver HABIT CAFILE [--cert expired|othername] [--reply FILE]\n"
    "HABIT: tls       answers each request with FILE, over TLS\n"
    "       plain     the same without TLS\n"
    "       hang      takes the request, and never answers\n"
    "       mute      takes the connection, and never says a word, not even of TLS\n"
    "       blackhole does not even take the connection\n"
    "It writes its own certificate to CAFILE, its port to standard output, and a line for each\n"
    "connection to standard error.\n";

struct server {
	const char *habit, *ca, *cert, *reply;
	SSL_CTX *tls;
	int fd;
};

static _Noreturn void
die(const char *what)
{
	perror(what);
	exit(1);
}

static bool
extend(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	bool ok = e != NULL && X509_add_ext(x, e, -1) == 1;

	X509_EXTENSION_free(e);
	return ok;
}

/* A certificate that vouches for itself: whoever trusts CAFILE meets its one fault alone. */
static X509 *
make_cert(EVP_PKEY *key, const char *kind)
{
	bool expired = strcmp(kind, "expired") == 0, other = strcmp(kind, "othername") == 0;
	time_t now = time(NULL);
	X509 *x = X509_new();
	X509_NAME *name;

	if (x == NULL || key == NULL || (name = X509_get_subject_name(x)) == NULL)
		return NULL;
	if (X509_set_version(x, X509_VERSION_3) == 1 &&
	    ASN1_INTEGER_set(X509_get_serialNumber(x), now) == 1 &&
	    ASN1_TIME_set(X509_getm_notBefore(x), now - 30 * DAY) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(x), now + (expired ? -DAY : DAY)) != NULL &&
	    X509_NAME_add_entry_by_txt(
	        name, "CN", MBSTRING_ASC, (const unsigned char *)"badserver", -1, -1, 0) == 1 &&
	    X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key) == 1 &&
	    extend(x, NID_basic_constraints, "critical,CA:TRUE") &&
	    extend(x, NID_subject_alt_name,
	        other ? "DNS:portal.example.com" : "IP:127.0.0.1,DNS:localhost") &&
	    X509_sign(x, key, EVP_sha256()) > 0)
		return x;
	X509_free(x);
	return NULL;
}

static void
set_up_tls(struct server *s)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = make_cert(key, s->cert);
	FILE *f = fopen(s->ca, "we");

	if (f == NULL || x == NULL || PEM_write_X509(f, x) != 1 || fclose(f) != 0)
		die(s->ca);
	if ((s->tls = SSL_CTX_new(TLS_server_method())) == NULL ||
	    SSL_CTX_use_certificate(s->tls, x) != 1 || SSL_CTX_use_PrivateKey(s->tls, key) != 1)
		die("TLS");
	X509_free(x);
	EVP_PKEY_free(key);
}

static void
say_port(struct server *s, int backlog)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(a);

	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || bind(s->fd, (const struct sockaddr *)&a, sizeof(a)) != 0 ||
	    listen(s->fd, backlog) != 0 || getsockname(s->fd, (struct sockaddr *)&a, &len) != 0)
		die("socket");
	/* the kernel drops what no queue holds, as a firewall does that says nothing */
	for (int i = 0; backlog == 0 && i < 8; i++) {
		int c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

		(void)connect(c, (const struct sockaddr *)&a, sizeof(a));
	}
	(void)printf("%u\n", ntohs(a.sin_port));
	if (fflush(stdout) != 0)
		die("stdout");
}

static size_t
load(const char *path, char *out)
{
	FILE *f = path == NULL ? NULL : fopen(path, "re");
	size_t n = 0;

	if (f != NULL) {
		n = fread(out, 1, REPLY_MAX, f);
		(void)fclose(f);
	}
	return n;
}

static void
answer_plain(int fd, const char *reply, size_t n)
{
	char request[4096];

	(void)!read(fd, request, sizeof(request));
	(void)!write(fd, reply, n);
}

static void
answer_tls(const struct server *s, int fd, const char *reply, size_t n)
{
	SSL *ssl = SSL_new(s->tls);
	char request[4096];

	if (ssl != NULL && SSL_set_fd(ssl, fd) == 1 && SSL_accept(ssl) == 1 &&
	    SSL_read(ssl, request, sizeof(request)) > 0) {
		while (strcmp(s->habit, "hang") == 0)
			(void)pause();
		(void)SSL_write(ssl, reply, (int)n);
		(void)SSL_shutdown(ssl);
	}
	SSL_free(ssl);
}

/* In a child of its own, so that one that hangs stands in nobody's way. */
static void
serve_one(const struct server *s, int fd)
{
	static char reply[REPLY_MAX];
	size_t n = load(s->reply, reply);

	while (strcmp(s->habit, "mute") == 0)
		(void)pause();
	if (strcmp(s->habit, "plain") == 0)
		answer_plain(fd, reply, n);
	else
		answer_tls(s, fd, reply, n);
}

static _Noreturn void
serve(struct server *s)
{
	for (;;) {
		int fd;

		if (strcmp(s->habit, "blackhole") == 0) {
			(void)pause();
			continue;
		}
		if ((fd = accept(s->fd, NULL, NULL)) < 0)
			continue;
		(void)fprintf(stderr, "connection\n");
		if (fork() == 0) {
			serve_one(s, fd);
			_exit(0);
		}
		(void)close(fd);
	}
}

int
main(int argc, char **argv)
{
	struct server s = { .cert = "good", .fd = -1 };

	if (argc < 3 || argc % 2 == 0) {
		(void)fputs(usage, stderr);
		return 2;
	}
	s.habit = argv[1];
	s.ca = argv[2];
	for (int i = 3; i < argc; i += 2)
		if (strcmp(argv[i], "--cert") == 0)
			s.cert = argv[i + 1];
		else if (strcmp(argv[i], "--reply") == 0)
			s.reply = argv[i + 1];
	(void)signal(SIGCHLD, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	set_up_tls(&s);
	say_port(&s, strcmp(s.habit, "blackhole") == 0 ? 0 : 16);
	serve(&s);
}
