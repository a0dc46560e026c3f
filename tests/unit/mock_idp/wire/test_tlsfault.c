/* What is wrong with TLS on a fresh connection. */
#include "config.h"

#include <string.h>

#include <openssl/ssl.h>

#include "mock_idp/wire/tlsfault.h"
#include "tests/support/unit.h"

static enum errcode
parse(const char *text, struct tlsfault *t, struct err *e)
{
	json_t *o = json_loads(text, 0, NULL);
	enum errcode r;

	assert_non_null(o);
	*e = (struct err){ .code = E_OK };
	r = tlsfault_parse(o, t, e);
	json_decref(o);
	return r;
}

static void
an_empty_object_is_good_tls(void **state)
{
	static const struct tlsfault none;
	struct tlsfault t;
	struct err e;

	(void)state;
	assert_int_equal(parse("{}", &t, &e), E_OK);
	assert_memory_equal(&t, &none, sizeof(t));
}

static void
every_certificate_is_found_by_its_name(void **state)
{
	struct tlsfault t;
	struct err e;
	char text[64];

	(void)state;
	for (unsigned i = 0; i < TLSFAULT_CERTS; i++) {
		(void)snprintf(text, sizeof(text), "{\"cert\":\"%s\"}",
		    tlsfault_cert_name((enum tlsfault_cert)i));
		assert_int_equal(parse(text, &t, &e), E_OK);
		assert_int_equal(t.cert, i);
	}
	assert_string_equal(tlsfault_cert_name(TLSFAULT_NOT_YET), "not-yet");
}

static void
versions_and_alpn(void **state)
{
	struct tlsfault t;
	struct err e;

	(void)state;
	assert_int_equal(parse("{\"min\":\"1.0\",\"max\":\"1.1\",\"alpn\":\"h2\"}", &t, &e), E_OK);
	assert_int_equal(t.min, TLS1_VERSION);
	assert_int_equal(t.max, TLS1_1_VERSION);
	assert_true(t.h2);
	assert_int_equal(parse("{\"min\":\"1.3\",\"max\":\"1.3\"}", &t, &e), E_OK);
	assert_int_equal(t.min, TLS1_3_VERSION);
	assert_int_equal(parse("{\"max\":\"1.2\"}", &t, &e), E_OK);
	assert_int_equal(t.min, 0);
	assert_int_equal(t.max, TLS1_2_VERSION);
}

static void
what_is_not_understood_says_where(void **state)
{
	static const struct tlsfault none;
	static const struct {
		const char *text, *why;
	} all[] = {
		{ "[]", ": want an object" },
		{ "{\"crt\":\"good\"}", ": unknown member crt" },
		{ "{\"cert\":\"expird\"}",
		    ".cert: unknown certificate expird; known: good, expired, not-yet, "
		    "wrong-name, cn-only, star, no-ip, client-eku, weak, self-signed, other-ca, "
		    "no-intermediate, chain" },
		{ "{\"cert\":1}", ".cert: want a text" },
		{ "{\"cert\":\"weak\",\"max\":\"1.4\"}",
		    ".max: unknown TLS version 1.4; known: 1.0, 1.1, 1.2, 1.3" },
		{ "{\"min\":\"\"}", ".min: unknown TLS version ; known: 1.0, 1.1, 1.2, 1.3" },
		{ "{\"alpn\":\"h3\"}", ".alpn: unknown ALPN protocol h3; known: h2" },
		{ "{\"min\":\"1.3\",\"max\":\"1.2\"}", ".min: is above max" },
	};
	struct tlsfault t;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_int_equal(parse(all[i].text, &t, &e), E_CFG);
		assert_string_equal(e.text, all[i].why);
		assert_memory_equal(&t, &none, sizeof(t));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_object_is_good_tls),
		cmocka_unit_test(every_certificate_is_found_by_its_name),
		cmocka_unit_test(versions_and_alpn),
		cmocka_unit_test(what_is_not_understood_says_where),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
