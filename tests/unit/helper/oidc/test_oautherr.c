/* OAuth error objects. */
#include "config.h"

#include <string.h>

#include "helper/oidc/oautherr.h"
#include "tests/support/unit.h"

/* C-064 */
static void
takes_only_what_an_error_code_may_hold(void **state)
{
	static const struct {
		const char *s;
		enum json_found is;
	} rows[] = { { "{\"error\":\"access_denied\"}", JSON_GOOD }, { "{}", JSON_ABSENT },
		{ "{\"error\":null}", JSON_ABSENT }, { "{\"error\":5}", JSON_BAD },
		{ "{\"error\":\"\"}", JSON_BAD }, { "{\"error\":\"a\\nb\"}", JSON_BAD },
		{ "{\"error\":\"a\\\"b\"}", JSON_BAD }, { "{\"error\":\"a\\\\b\"}", JSON_BAD },
		{ "{\"error\":\"\xc3\xa9\"}", JSON_BAD } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *o = json_loads(rows[i].s, 0, NULL);
		const char *code = NULL;

		assert_int_equal(oautherr_code(o, &code), rows[i].is);
		assert_true((code != NULL) == (rows[i].is == JSON_GOOD));
		json_decref(o);
	}
	assert_int_equal(oautherr_code(NULL, NULL), JSON_ABSENT);
}

/* H-45, H-48 */
static void
quotes_a_description_in_one_safe_line(void **state)
{
	json_t *o = json_loads(
	    "{\"error\":\"invalid_client\",\"error_description\":\"bad\\n\\u001b[2J\"}", 0, NULL);
	char words[OAUTHERR_WORDS];

	(void)state;
	assert_string_equal(oautherr_words(words, o), "invalid_client: bad\\x0a\\x1b[2J");
	assert_string_equal(oautherr_words(words, NULL), "no error code");
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_only_what_an_error_code_may_hold),
		cmocka_unit_test(quotes_a_description_in_one_safe_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
