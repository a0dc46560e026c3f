/* A throw-away CA, the server certificate under it, and those that a client must refuse. RFC 5280,
 * RFC 6125. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "common/fdio.h"
#include "mock_idp/jose/keygen.h"
#include "mock_idp/wire/cert.h"
#include "mock_idp/wire/certs.h"

#define DAY 86400
#define CENTURY_BEGIN 946684800 /* 2000-01-01 */
#define CENTURY_END 4102444799  /* 2099-12-31 */
#define SAN_MAX 160

static const struct cert_ext ca_ext[] = {
	{ NID_basic_constraints, "critical,CA:TRUE,pathlen:1" },
	{ NID_key_usage, "critical,keyCertSign,cRLSign" },
	{ NID_subject_key_identifier, "hash" },
	{ NID_undef, NULL },
};

static const struct cert_ext intermediate_ext[] = {
	{ NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
	{ NID_key_usage, "critical,keyCertSign,cRLSign" },
	{ NID_subject_key_identifier, "hash" },
	{ NID_authority_key_identifier, "keyid" },
	{ NID_undef, NULL },
};

enum when { NOW, PAST, FUTURE };
enum signer { CA, OTHER_CA, INTERMEDIATE, ITSELF };

/* What each kind differs in. @ is the host, % its name. */
static const struct kind {
	const char *cn, *san; /* san NULL: no such extension */
	const char *eku;
	enum when when;
	enum signer signer;
} kinds[TLSFAULT_CERTS] = {
	[TLSFAULT_GOOD] = { "@", "IP:@,DNS:%", "serverAuth", NOW, CA },
	[TLSFAULT_EXPIRED] = { "@", "IP:@,DNS:%", "serverAuth", PAST, CA },
	[TLSFAULT_NOT_YET] = { "@", "IP:@,DNS:%", "serverAuth", FUTURE, CA },
	/* RFC 5737 */
	[TLSFAULT_WRONG_NAME] = { "idp.example", "IP:203.0.113.7,DNS:idp.example", "serverAuth",
	    NOW, CA },
	[TLSFAULT_CN_ONLY] = { "@", NULL, "serverAuth", NOW, CA },
	[TLSFAULT_STAR] = { "*", "DNS:*", "serverAuth", NOW, CA },
	[TLSFAULT_NO_IP] = { "@", "DNS:%,DNS:@", "serverAuth", NOW, CA },
	[TLSFAULT_CLIENT_EKU] = { "@", "IP:@,DNS:%", "clientAuth", NOW, CA },
	[TLSFAULT_WEAK] = { "@", "IP:@,DNS:%", "serverAuth", NOW, CA },
	[TLSFAULT_SELF_SIGNED] = { "@", "IP:@,DNS:%", "serverAuth", NOW, ITSELF },
	[TLSFAULT_OTHER_CA] = { "@", "IP:@,DNS:%", "serverAuth", NOW, OTHER_CA },
	[TLSFAULT_NO_INTERMEDIATE] = { "@", "IP:@,DNS:%", "serverAuth", NOW, INTERMEDIATE },
	[TLSFAULT_CHAIN] = { "@", "IP:@,DNS:%", "serverAuth", NOW, INTERMEDIATE },
};

static const uint64_t *
seed_of(const struct certs *c)
{
	return c->seeded ? &c->seed : NULL;
}

/* RSA signs the same bytes the same way, ECDSA with a nonce of OpenSSL's own: with a seed, who
 * signs certificates has RSA. */
static EVP_PKEY *
signing_key(const struct certs *c, const char *use)
{
	return c->seeded ? keygen_rsa(&c->seed, use) : keygen_ec(NULL, use);
}

static void
set_times(const struct certs *c, enum when when, struct cert_order *o)
{
	int64_t now = c->now;

	switch (when) {
	case NOW:
		o->from = c->seeded ? CENTURY_BEGIN : now - 3600;
		o->to = c->seeded ? CENTURY_END : now + 30 * DAY;
		break;
	case PAST:
		o->from = c->seeded ? CENTURY_BEGIN : now - 31 * DAY;
		o->to = c->seeded ? CENTURY_BEGIN + DAY : now - DAY;
		break;
	case FUTURE:
		o->from = c->seeded ? CENTURY_END - DAY : now + DAY;
		o->to = c->seeded ? CENTURY_END : now + 31 * DAY;
		break;
	}
}

/* A CA's pair; issuer NULL: a root. */
static bool
make_ca(struct certs *c, struct certs_pair *p, const char *use, const char *cn,
    const struct certs_pair *issuer)
{
	struct cert_order o = { .seed = seed_of(c),
		.use = use,
		.cn = cn,
		.ext = issuer == NULL ? ca_ext : intermediate_ext };

	if (p->cert != NULL)
		return true;
	if (p->key == NULL && (p->key = signing_key(c, use)) == NULL)
		return false;
	set_times(c, NOW, &o);
	o.key = p->key;
	o.issuer = issuer == NULL ? NULL : issuer->cert;
	o.issuer_key = issuer == NULL ? p->key : issuer->key;
	return (p->cert = cert_make(&o)) != NULL;
}

/* Whose certificate signs that kind, made if it is not there yet; *ok false when it cannot be. */
static const struct certs_pair *
signer(struct certs *c, enum signer who, bool *ok)
{
	static const char name[] = "latchkey mock CA, for tests only";

	switch (who) {
	case CA:
		*ok = make_ca(c, &c->ca, "ca", name, NULL);
		return &c->ca;
	case OTHER_CA:
		*ok = make_ca(c, &c->other_ca, "other ca", name, NULL);
		return &c->other_ca;
	case INTERMEDIATE:
		*ok = make_ca(c, &c->ca, "ca", name, NULL) &&
		    make_ca(c, &c->intermediate, "intermediate",
		        "latchkey mock intermediate, for tests only", &c->ca);
		return &c->intermediate;
	case ITSELF:
		*ok = true;
		return NULL;
	}
	return NULL;
}

/* pattern with the host for each @ and its name for each %. */
static const char *
with_host(const struct certs *c, const char *pattern, char out[SAN_MAX])
{
	size_t n = 0;

	for (; *pattern != '\0' && n < SAN_MAX - 1; pattern++) {
		const char *what = *pattern == '@' ? c->host : c->name;

		if (*pattern != '@' && *pattern != '%')
			out[n++] = *pattern;
		else if (n + strlen(what) < SAN_MAX - 1)
			n += (size_t)snprintf(out + n, SAN_MAX - n, "%s", what);
	}
	out[n] = '\0';
	return out;
}

static EVP_PKEY *
leaf_key(const struct certs *c, enum tlsfault_cert kind, const char *use)
{
	if (kind == TLSFAULT_WEAK)
		return EVP_RSA_gen(1024);
	return kinds[kind].signer == ITSELF ? signing_key(c, use) : keygen_ec(seed_of(c), use);
}

static bool
make_leaf(struct certs *c, enum tlsfault_cert kind, struct certs_pair *p)
{
	const struct kind *k = &kinds[kind];
	char san[SAN_MAX], cn[SAN_MAX];
	const struct cert_ext ext[] = {
		{ NID_basic_constraints, "critical,CA:FALSE" },
		{ NID_key_usage, "critical,digitalSignature" },
		{ NID_ext_key_usage, k->eku },
		{ NID_subject_key_identifier, "hash" },
		{ NID_authority_key_identifier, "keyid" },
		{ NID_subject_alt_name, k->san == NULL ? NULL : with_host(c, k->san, san) },
		{ NID_undef, NULL },
	};
	struct cert_order o = { .seed = seed_of(c), .use = tlsfault_cert_name(kind), .ext = ext };
	bool ok = false;
	const struct certs_pair *by = signer(c, k->signer, &ok);

	if (!ok || (p->key == NULL && (p->key = leaf_key(c, kind, o.use)) == NULL))
		return false;
	set_times(c, k->when, &o);
	o.cn = with_host(c, k->cn, cn);
	o.key = p->key;
	o.issuer = by == NULL ? NULL : by->cert;
	o.issuer_key = by == NULL ? p->key : by->key;
	return (p->cert = cert_make(&o)) != NULL;
}

const struct certs_pair *
certs_get(struct certs *c, enum tlsfault_cert kind, X509 **chain)
{
	struct certs_pair *p = &c->leaf[kind];

	if (p->cert == NULL && !make_leaf(c, kind, p))
		return NULL;
	*chain = kind == TLSFAULT_CHAIN ? c->intermediate.cert : NULL;
	return p;
}

enum errcode
certs_make(struct certs *c, const char *host, const char *name, const uint64_t *seed, int64_t now,
    struct err *e)
{
	X509 *chain;

	memset(c, 0, sizeof(*c));
	(void)snprintf(c->host, sizeof(c->host), "%s", host);
	(void)snprintf(c->name, sizeof(c->name), "%s", name);
	c->seeded = seed != NULL;
	c->seed = seed == NULL ? 0 : *seed;
	c->now = now;
	if (certs_get(c, TLSFAULT_GOOD, &chain) != NULL)
		return E_OK;
	certs_clear(c);
	return err_set(e, E_TLS, NULL, "cannot make the certificates");
}

static void
pair_clear(struct certs_pair *p)
{
	X509_free(p->cert);
	EVP_PKEY_free(p->key);
}

void
certs_clear(struct certs *c)
{
	pair_clear(&c->ca);
	pair_clear(&c->other_ca);
	pair_clear(&c->intermediate);
	for (size_t i = 0; i < TLSFAULT_CERTS; i++)
		pair_clear(&c->leaf[i]);
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

	if (fd < 0 || bio == NULL || PEM_write_bio_X509(bio, c->ca.cert) != 1)
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
