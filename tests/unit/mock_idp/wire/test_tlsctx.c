/* What a connection's TLS is made with, seen from a client at the other end of two memory BIOs. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/tlsctx.h"
#include "tests/support/unit.h"

static struct certs certs;

struct meeting {
	SSL_CTX *server_ctx, *client_ctx;
	SSL *server, *client;
	bool agreed;
};

/* The client offers what offer says (ALPN's wire format; NULL: nothing) and versions min to max. */
static void
meet(struct meeting *m, const struct tlsfault *f, const char *offer, int min, int max)
{
	BIO *a, *b;
	int c = 0, s = 0;

	assert_non_null(m->server_ctx = tlsctx_new(&certs, f));
	assert_non_null(m->client_ctx = SSL_CTX_new(TLS_client_method()));
	SSL_CTX_set_security_level(m->client_ctx, 0);
	assert_int_equal(SSL_CTX_set_min_proto_version(m->client_ctx, min), 1);
	assert_int_equal(SSL_CTX_set_max_proto_version(m->client_ctx, max), 1);
	assert_int_equal(BIO_new_bio_pair(&a, 0, &b, 0), 1);
	m->server = SSL_new(m->server_ctx);
	m->client = SSL_new(m->client_ctx);
	if (offer != NULL)
		assert_int_equal(SSL_set_alpn_protos(m->client, (const unsigned char *)offer,
		                     (unsigned)strlen(offer)),
		    0);
	SSL_set_bio(m->server, a, a);
	SSL_set_bio(m->client, b, b);
	for (int i = 0; i < 20 && (c != 1 || s != 1); i++) {
		c = SSL_connect(m->client);
		s = SSL_accept(m->server);
	}
	m->agreed = c == 1 && s == 1;
}

static void
part(struct meeting *m)
{
	SSL_free(m->server);
	SSL_free(m->client);
	SSL_CTX_free(m->server_ctx);
	SSL_CTX_free(m->client_ctx);
}

static bool
agree(const struct tlsfault *f, int min, int max)
{
	struct meeting m;
	bool agreed;

	meet(&m, f, NULL, min, max);
	agreed = m.agreed;
	part(&m);
	return agreed;
}

static void
versions_as_always_or_as_the_fault_says(void **state)
{
	const struct tlsfault old = { .max = TLS1_1_VERSION }, two = { .max = TLS1_2_VERSION },
	                      new = { .min = TLS1_3_VERSION }, three = { .max = TLS1_3_VERSION };

	(void)state;
	assert_true(agree(NULL, TLS1_3_VERSION, TLS1_3_VERSION));
	assert_true(agree(NULL, TLS1_2_VERSION, TLS1_2_VERSION));
	assert_false(agree(NULL, TLS1_VERSION, TLS1_1_VERSION));
	assert_true(agree(&old, TLS1_1_VERSION, TLS1_1_VERSION));
	assert_false(agree(&old, TLS1_2_VERSION, TLS1_3_VERSION));
	assert_true(agree(&two, TLS1_2_VERSION, TLS1_3_VERSION));
	assert_false(agree(&two, TLS1_3_VERSION, TLS1_3_VERSION));
	assert_false(agree(&new, TLS1_2_VERSION, TLS1_2_VERSION));
	assert_true(agree(&three, TLS1_2_VERSION, TLS1_2_VERSION));
}

static void
chosen(const struct tlsfault *f, const char *offer, const char *want)
{
	const unsigned char *alpn;
	unsigned int len;
	struct meeting m;

	meet(&m, f, offer, TLS1_2_VERSION, TLS1_3_VERSION);
	SSL_get0_alpn_selected(m.server, &alpn, &len);
	assert_int_equal(len, strlen(want));
	assert_memory_equal(alpn == NULL ? (const unsigned char *)"" : alpn, want, len);
	part(&m);
}

static void
http_1_1_is_chosen_if_it_is_offered_and_h2_if_the_fault_says_so(void **state)
{
	const struct tlsfault h2 = { .h2 = true };

	(void)state;
	chosen(NULL, NULL, "");
	chosen(NULL, "\x02h2\x08http/1.1", "http/1.1");
	chosen(NULL, "\x02h2", "");
	chosen(&h2, "\x02h2\x08http/1.1", "h2");
	chosen(&h2, "\x08http/1.1", "h2");
}

static void
the_certificate_and_the_chain_of_the_kind_are_sent(void **state)
{
	static const struct {
		enum tlsfault_cert kind;
		int sent;
	} all[] = {
		{ TLSFAULT_GOOD, 1 },
		{ TLSFAULT_WEAK, 1 },
		{ TLSFAULT_NO_INTERMEDIATE, 1 },
		{ TLSFAULT_CHAIN, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct tlsfault f = { .cert = all[i].kind };
		struct meeting m;

		meet(&m, &f, NULL, TLS1_2_VERSION, TLS1_3_VERSION);
		assert_true(m.agreed);
		assert_int_equal(
		    X509_cmp(SSL_get0_peer_certificate(m.client), certs.leaf[all[i].kind].cert), 0);
		assert_int_equal(sk_X509_num(SSL_get_peer_cert_chain(m.client)), all[i].sent);
		part(&m);
	}
}

static int
open_certs(void **state)
{
	(void)state;
	return certs_make(&certs, "127.0.0.1", "localhost", NULL, 1800000000, NULL) == E_OK ? 0 : -1;
}

static int
close_certs(void **state)
{
	(void)state;
	certs_clear(&certs);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_as_always_or_as_the_fault_says),
		cmocka_unit_test(http_1_1_is_chosen_if_it_is_offered_and_h2_if_the_fault_says_so),
		cmocka_unit_test(the_certificate_and_the_chain_of_the_kind_are_sent),
	};
	return cmocka_run_group_tests(tests, open_certs, close_certs);
}
