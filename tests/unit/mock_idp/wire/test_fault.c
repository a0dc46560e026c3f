/* The faults of one rule. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/fault.h"
#include "tests/support/unit.h"

static enum errcode
parse(const char *text, enum fault_place place, struct fault *f, struct err *e)
{
	json_t *list = json_loads(text, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
	enum errcode r;

	assert_non_null(list);
	*e = (struct err){ .code = E_OK };
	r = fault_parse(list, place, f, e);
	json_decref(list);
	return r;
}

static void
good(const char *text, enum fault_place place, struct fault *f)
{
	struct err e;

	assert_int_equal(parse(text, place, f, &e), E_OK);
}

static void
bad(const char *text, enum fault_place place, const char *why)
{
	static const struct fault none;
	struct fault f;
	struct err e;

	assert_int_equal(parse(text, place, &f, &e), E_CFG);
	assert_string_equal(e.text, why);
	assert_memory_equal(&f, &none, sizeof(f));
}

static void
an_empty_list_is_a_faultless_answer(void **state)
{
	static const struct fault none;
	struct fault f;

	(void)state;
	good("[]", FAULT_OF_ANSWER, &f);
	assert_memory_equal(&f, &none, sizeof(f));
}

static void
the_pace_of_an_answer(void **state)
{
	struct fault f;

	(void)state;
	good("[[\"delay\",250],[\"drip\",1,500],[\"cut\",30],\"no-close-notify\"]", FAULT_OF_ANSWER,
	    &f);
	assert_int_equal(f.delay_ms, 250);
	assert_int_equal(f.drip, 1);
	assert_int_equal(f.drip_ms, 500);
	assert_int_equal(f.end, FAULT_CUT);
	assert_int_equal(f.end_at, 30);
	assert_true(f.no_close_notify);
	fault_clear(&f);
}

static void
every_end_of_a_connection(void **state)
{
	static const struct {
		const char *text;
		enum fault_end end;
		size_t at;
	} ends[] = {
		{ "[[\"cut\",0]]", FAULT_CUT, 0 },
		{ "[[\"reset\",7]]", FAULT_RESET, 7 },
		{ "[[\"close\"]]", FAULT_CLOSE, 0 },
		{ "[[\"hang\"]]", FAULT_HANG, 0 },
		{ "[\"drop\"]", FAULT_DROP, 0 },
	};
	struct fault f;

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		good(ends[i].text, FAULT_OF_ANSWER, &f);
		assert_int_equal(f.end, ends[i].end);
		assert_int_equal(f.end_at, ends[i].at);
	}
}

static void
a_length_is_relative_or_a_value_or_none(void **state)
{
	struct fault f;

	(void)state;
	good("[[\"length\",\"+10\"]]", FAULT_OF_ANSWER, &f);
	assert_int_equal(f.length, FAULT_LENGTH_OFF);
	assert_int_equal(f.length_off, 10);
	good("[[\"length\",\"-5\"]]", FAULT_OF_ANSWER, &f);
	assert_int_equal(f.length_off, -5);
	good("[[\"length\",\"none\"]]", FAULT_OF_ANSWER, &f);
	assert_int_equal(f.length, FAULT_LENGTH_NONE);
	good("[[\"length\",\" -5\"],[\"length-twice\",\"\"]]", FAULT_OF_ANSWER, &f);
	assert_int_equal(f.length, FAULT_LENGTH_TEXT);
	assert_string_equal(f.length_text.p, " -5");
	assert_non_null(f.length_twice.p);
	assert_int_equal(f.length_twice.len, 0);
	fault_clear(&f);
	good("[[\"length\",\"+18446744073709551616\"]]", FAULT_OF_ANSWER, &f);
	assert_int_equal(f.length, FAULT_LENGTH_TEXT);
	fault_clear(&f);
}

static void
framing_words(void **state)
{
	struct fault f;

	(void)state;
	good("[\"chunked\",[\"chunk-size\",\"ZZ\"],\"no-last-chunk\",[\"big-header\",99],"
	     "[\"status-line\",\"HTTP/1.1 099 \"],[\"extra\",\"x\\u0000y\"],"
	     "[\"header-raw\",\" folded\"],[\"header-raw\",\"A: \\u0000\"]]",
	    FAULT_OF_ANSWER, &f);
	assert_true(f.chunked);
	assert_true(f.no_last_chunk);
	assert_string_equal(f.chunk_size.p, "ZZ");
	assert_int_equal(f.big_header, 99);
	assert_string_equal(f.status_line.p, "HTTP/1.1 099 ");
	assert_int_equal(f.extra.len, 3);
	assert_memory_equal(f.extra.p, "x\0y", 3);
	assert_int_equal(f.nheader_raw, 2);
	assert_string_equal(f.header_raw[0].p, " folded");
	assert_int_equal(f.header_raw[1].len, 4);
	fault_clear(&f);
}

static void
bytes_that_are_no_text(void **state)
{
	struct fault f;

	(void)state;
	good("[[\"status-line\",\"hex:00ff0d\"],[\"extra\",\"hex:\"]]", FAULT_OF_ANSWER, &f);
	assert_int_equal(f.status_line.len, 3);
	assert_memory_equal(f.status_line.p, "\x00\xff\x0d", 4);
	assert_non_null(f.extra.p);
	assert_int_equal(f.extra.len, 0);
	fault_clear(&f);
	bad("[[\"extra\",\"hex:0\"]]", FAULT_OF_ANSWER, "[0]: want [extra TEXT]");
	bad("[[\"extra\",\"hex:0G\"]]", FAULT_OF_ANSWER, "[0]: want [extra TEXT]");
	bad("[[\"extra\",\"hex:\\u00000\"]]", FAULT_OF_ANSWER, "[0]: want [extra TEXT]");
}

static void
endless_and_encoded_ones(void **state)
{
	static const struct {
		const char *text;
		enum fault_endless endless;
		enum fault_encoding encoding;
	} all[] = {
		{ "[\"endless-headers\"]", FAULT_ENDLESS_HEADERS, FAULT_IDENTITY },
		{ "[\"endless-body\"]", FAULT_ENDLESS_BODY, FAULT_IDENTITY },
		{ "[\"endless-103\"]", FAULT_ENDLESS_103, FAULT_IDENTITY },
		{ "[[\"encoding\",\"gzip\"]]", FAULT_FINITE, FAULT_GZIP },
		{ "[[\"encoding\",\"br\"]]", FAULT_FINITE, FAULT_BR },
		{ "[\"gzip-bomb\"]", FAULT_FINITE, FAULT_GZIP_BOMB },
	};
	struct fault f;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		good(all[i].text, FAULT_OF_ANSWER, &f);
		assert_int_equal(f.endless, all[i].endless);
		assert_int_equal(f.encoding, all[i].encoding);
	}
}

static void
what_a_fresh_connection_may_meet(void **state)
{
	static const struct {
		const char *text;
		enum fault_greeting greeting;
		enum fault_end end;
		size_t n;
	} all[] = {
		{ "[\"stall\"]", FAULT_STALL, FAULT_KEEP, 0 },
		{ "[\"silent\"]", FAULT_SILENT, FAULT_KEEP, 0 },
		{ "[[\"plain\",\"HTTP/1.1 400 \"]]", FAULT_PLAIN, FAULT_KEEP, 0 },
		{ "[[\"garbage\",300]]", FAULT_GARBAGE, FAULT_KEEP, 300 },
		{ "[[\"records\",33]]", FAULT_RECORDS, FAULT_KEEP, 33 },
		{ "[[\"reset\",0]]", FAULT_TLS, FAULT_RESET, 0 },
		{ "[\"drop\"]", FAULT_TLS, FAULT_DROP, 0 },
		{ "[[\"delay\",5],[\"early\",\"HTTP/1.1 200 OK\\r\\n\"]]", FAULT_TLS, FAULT_KEEP,
		    0 },
	};
	struct fault f;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		good(all[i].text, FAULT_OF_CONNECTION, &f);
		assert_int_equal(f.greeting, all[i].greeting);
		assert_int_equal(f.end, all[i].end);
		assert_int_equal(f.greeting_n, all[i].n);
		assert_int_equal(f.greeting_text.p != NULL, f.greeting == FAULT_PLAIN);
		assert_int_equal(f.early.p != NULL, f.delay_ms == 5);
		fault_clear(&f);
	}
}

static void
what_is_not_understood_says_where(void **state)
{
	static const struct {
		const char *text, *why;
	} all[] = {
		{ "{}", ": want an array of faults" },
		{ "[[\"dripp\",1,1]]", "[0]: unknown fault dripp" },
		{ "[\"close\",[\"\\u001b[2J\"]]", "[1]: unknown fault \\x1b[2J" },
		{ "[7]", "[0]: want [name, argument ...]" },
		{ "[\"close\\u0000\"]", "[0]: want [name, argument ...]" },
		{ "[[]]", "[0]: want [name, argument ...]" },
		{ "[[\"drip\",1]]", "[0]: want [drip BYTES MS]" },
		{ "[\"drip\"]", "[0]: want [drip BYTES MS]" },
		{ "[[\"close\",1]]", "[0]: want [close]" },
		{ "[\"close\",[\"drip\",0,1]]", "[1][1]: want a number from 1 to 65536" },
		{ "[[\"drip\",1,-1]]", "[0][2]: want a number from 0 to 600000" },
		{ "[[\"delay\",\"5\"]]", "[0][1]: want a number from 0 to 600000" },
		{ "[[\"delay\",1.0]]", "[0][1]: want a number from 0 to 600000" },
		{ "[[\"length\",5]]", "[0][1]: want a text of at most 65536 bytes" },
		{ "[[\"encoding\",\"zstd\"]]", "[0]: want [encoding gzip|br]" },
		{ "[[\"stall\"]]", "[0]: stall is for ep connect only" },
		{ "[[\"close\"],[\"cut\",1]]", "[1]: cut does not go with close" },
		{ "[[\"cut\",1],[\"cut\",1]]", "[1]: cut does not go with cut" },
		{ "[\"endless-body\",\"endless-103\"]",
		    "[1]: endless-103 does not go with endless-body" },
		{ "[\"gzip-bomb\",[\"encoding\",\"br\"]]",
		    "[1]: encoding does not go with gzip-bomb" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		bad(all[i].text, FAULT_OF_ANSWER, all[i].why);
}

static void
a_connection_has_words_of_its_own(void **state)
{
	(void)state;
	bad("[[\"drip\",1,1]]", FAULT_OF_CONNECTION, "[0]: drip is not for ep connect");
	bad("[[\"reset\",1]]", FAULT_OF_CONNECTION, "[0][1]: want a number from 0 to 0");
	bad("[\"drop\",\"silent\"]", FAULT_OF_CONNECTION, "[1]: silent does not go with drop");
	bad("[\"stall\",\"silent\"]", FAULT_OF_CONNECTION, "[1]: silent does not go with stall");
}

static void
no_more_lines_than_there_is_room_for(void **state)
{
	char text[FAULT_LINES_MAX * 24 + 64] = "[";

	(void)state;
	for (int i = 0; i <= FAULT_LINES_MAX; i++)
		(void)strcat(text, i == 0 ? "[\"header-raw\",\"a\"]" : ",[\"header-raw\",\"a\"]");
	(void)strcat(text, "]");
	bad(text, FAULT_OF_ANSWER, "[16]: want [header-raw TEXT, 16 times at most]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_list_is_a_faultless_answer),
		cmocka_unit_test(the_pace_of_an_answer),
		cmocka_unit_test(every_end_of_a_connection),
		cmocka_unit_test(a_length_is_relative_or_a_value_or_none),
		cmocka_unit_test(framing_words),
		cmocka_unit_test(bytes_that_are_no_text),
		cmocka_unit_test(endless_and_encoded_ones),
		cmocka_unit_test(what_a_fresh_connection_may_meet),
		cmocka_unit_test(what_is_not_understood_says_where),
		cmocka_unit_test(a_connection_has_words_of_its_own),
		cmocka_unit_test(no_more_lines_than_there_is_room_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
