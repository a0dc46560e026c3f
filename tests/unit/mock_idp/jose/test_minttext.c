/* The texts of header and payload. */
#include "config.h"

#include <string.h>

#include "common/b64url.h"
#include "mock_idp/jose/minttext.h"
#include "tests/support/unit.h"

static void
makes(const char *part, const char *want)
{
	json_t *o = json_loads("{\"b\":1,\"a\":\"x\"}", 0, NULL),
	       *p = part == NULL ? NULL : json_loads(part, 0, NULL);
	struct buf *b = buf_new(1000);

	assert_int_equal(minttext_put(b, o, p), E_OK);
	assert_string_equal(buf_cstr(b), want);
	/* what the provider knows stays as it was */
	assert_int_equal(json_object_size(o), 2);
	json_decref(o);
	json_decref(p);
	buf_free(b);
}

static void
members_are_set_and_dropped(void **state)
{
	(void)state;
	makes(NULL, "{\"a\":\"x\",\"b\":1}");
	makes("{}", "{\"a\":\"x\",\"b\":1}");
	makes("{\"set\":{\"a\":null,\"c\":[]}}", "{\"a\":null,\"b\":1,\"c\":[]}");
	makes("{\"drop\":[\"a\",\"none\"]}", "{\"b\":1}");
	makes("{\"drop\":[\"a\"],\"set\":{\"a\":2}}", "{\"a\":2,\"b\":1}");
	makes("{\"text\":\"no json\"}", "no json");
}

/* The part's text after the spec's mutators and what they need. */
static struct buf *
changed(const char *text, const char *spec, const char *part)
{
	struct buf *b = buf_new(1000);
	json_t *o = json_loads(spec, 0, NULL);

	assert_non_null(o);
	assert_int_equal(buf_puts(b, text), E_OK);
	assert_int_equal(minttext_mutate(b, o, part, NULL), E_OK);
	assert_int_equal(minttext_force(b, o, part), E_OK);
	json_decref(o);
	return b;
}

static void
becomes(const char *text, const char *spec, const char *part, const char *want)
{
	struct buf *b = changed(text, spec, part);

	assert_string_equal(buf_cstr(b), want);
	buf_free(b);
}

static void
mutators_act_on_their_part_alone(void **state)
{
	static const char spec[] = "{\"mutate\":[[\"json.trail\",\"header\",\"h\"],\"sig.zero\",["
	                           "\"json.trail\",\"payload\","
	                           "\"p\"],[\"json.trail\",\"header\",\"2\"]]}";

	(void)state;
	becomes("{}", spec, "header", "{}h2");
	becomes("{}", spec, "payload", "{}p");
	becomes("{}", "{}", "payload", "{}");
}

static void
the_place_of_what_does_not_fit_is_said(void **state)
{
	json_t *o =
	    json_loads("{\"mutate\":[\"sig.zero\",[\"json.latin1\",\"header\",\"typ\"]]}", 0, NULL);
	struct buf *b = buf_new(1000);
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(buf_puts(b, "{}"), E_OK);
	assert_int_equal(minttext_mutate(b, o, "header", &e), E_FORMAT);
	assert_string_equal(e.text, ".mutate[1]: json.latin1 does not fit the text");
	assert_int_equal(minttext_mutate(b, o, "payload", NULL), E_OK);
	json_decref(o);
	buf_free(b);
}

static void
a_spelling_finds_what_it_can_act_on(void **state)
{
	static const char plus[] = "{\"mutate\":[[\"b64.plus\",\"payload\"]]}",
	                  trail[] = "{\"mutate\":[[\"b64.trail\",\"payload\"]]}";
	static const char *const texts[] = { "{\"a\":1}", "{\"a\":11}", "{\"a\":111}",
		"{\"a\":1111}" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct buf *b = changed(texts[i], plus, "payload");
		char text[200];

		b64url_encode(text, buf_data(b), buf_len(b));
		assert_non_null(strpbrk(text, "-_"));
		buf_free(b);
		b = changed(texts[i], trail, "payload");
		assert_int_not_equal(buf_len(b) % 3, 0);
		buf_free(b);
		/* another part's is nothing to it */
		becomes(texts[i], plus, "header", texts[i]);
		becomes(texts[i], trail, "header", texts[i]);
	}
	/* there is one already */
	becomes("{\"a\":\"???\"}", plus, "payload", "{\"a\":\"???\"}");
	becomes("{\"a\":1}", trail, "payload", "{\"a\":1}");
	becomes("[]x", trail, "payload", "[]x");
	becomes("", plus, "payload", "");
	becomes("", trail, "payload", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_set_and_dropped),
		cmocka_unit_test(mutators_act_on_their_part_alone),
		cmocka_unit_test(the_place_of_what_does_not_fit_is_said),
		cmocka_unit_test(a_spelling_finds_what_it_can_act_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
