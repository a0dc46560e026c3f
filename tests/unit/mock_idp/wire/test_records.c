/* TLS 1.3 records with nothing in them; that a client takes them for such is in test_conn_start. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/records.h"
#include "tests/support/unit.h"

static void
the_secret_is_taken_from_its_line_alone(void **state)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	SSL *ssl = SSL_new(ctx);
	struct records r = { .len = 9 };

	(void)state;
	records_keylog(ssl, "SERVER_TRAFFIC_SECRET_0 00 0102");
	records_listen(ssl, &r);
	assert_int_equal(r.len, 0);
	assert_int_equal(SSL_get_num_tickets(ssl), 0);
	records_keylog(ssl, "CLIENT_TRAFFIC_SECRET_0 00 0102");
	assert_int_equal(r.len, 0);
	records_keylog(ssl, "SERVER_TRAFFIC_SECRET_0 00 0102ff");
	assert_int_equal(r.len, 3);
	assert_memory_equal(r.secret, "\x01\x02\xff", 3);
	SSL_free(ssl);
	SSL_CTX_free(ctx);
}

static void
without_a_handshake_there_are_none(void **state)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	SSL *ssl = SSL_new(ctx);
	const struct records r = { .len = 32 };

	(void)state;
	assert_null(records_empty(ssl, &r, 3));
	SSL_free(ssl);
	SSL_CTX_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_secret_is_taken_from_its_line_alone),
		cmocka_unit_test(without_a_handshake_there_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
