/* Where a body ends, said truly or not. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/http_frame.h"
#include "tests/support/unit.h"

#define LIMIT ((size_t)64 * 1024)

struct made {
	struct buf *out;
	size_t again;
};

static const char *
made(struct made *m, const struct fault *f, const char *body, bool close)
{
	m->out = buf_new(LIMIT);
	m->again = SIZE_MAX;
	assert_int_equal(http_frame_head(f, strlen(body), close, m->out), E_OK);
	assert_int_equal(buf_puts(m->out, "|"), E_OK);
	assert_int_equal(
	    http_frame_body(f, (const uint8_t *)body, strlen(body), m->out, &m->again), E_OK);
	return buf_cstr(m->out);
}

/* As a script says it. */
static struct fault
fault(const char *list)
{
	json_t *v = json_loads(list, 0, NULL);
	struct fault f;

	assert_int_equal(fault_parse(v, FAULT_OF_ANSWER, &f, NULL), E_OK);
	json_decref(v);
	return f;
}

static void
what_each_fault_makes_of_the_body(void **state)
{
	static const struct {
		const char *fault, *bytes;
		bool closes;
	} all[] = {
		{ "[]", "Content-Length: 4\r\n|none", false },
		{ "[\"close\"]", "Content-Length: 4\r\nConnection: close\r\n|none", true },
		{ "[[\"cut\",3]]", "Content-Length: 4\r\n|none", true },
		{ "[[\"length\",\"+10\"]]", "Content-Length: 14\r\n|none", true },
		{ "[[\"length\",\"-5\"]]", "Content-Length: -1\r\n|none", true },
		{ "[[\"length\",\"none\"]]", "Connection: close\r\n|none", true },
		{ "[[\"length\",\"0x4\"]]", "Content-Length: 0x4\r\n|none", true },
		{ "[[\"length-twice\",\"5\"]]", "Content-Length: 4\r\nContent-Length: 5\r\n|none",
		    true },
		{ "[\"no-close-notify\"]", "Connection: close\r\n|none", true },
		{ "[\"no-close-notify\",[\"cut\",3]]", "Content-Length: 4\r\n|none", true },
		{ "[\"no-close-notify\",[\"length\",\"+0\"]]", "Content-Length: 4\r\n|none", true },
		{ "[\"chunked\"]", "Transfer-Encoding: chunked\r\n|4\r\nnone\r\n0\r\n\r\n", false },
		{ "[[\"chunk-size\",\"ZZ\"]]",
		    "Transfer-Encoding: chunked\r\n|ZZ\r\nnone\r\n0\r\n\r\n", true },
		{ "[\"no-last-chunk\"]", "Transfer-Encoding: chunked\r\n|4\r\nnone\r\n", true },
		{ "[\"chunked\",[\"length\",\"+1\"]]",
		    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
		    "|4\r\nnone\r\n0\r\n\r\n",
		    true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct fault f = fault(all[i].fault);
		struct made m;

		assert_string_equal(made(&m, &f, "none", false), all[i].bytes);
		assert_int_equal(m.again, SIZE_MAX);
		assert_int_equal(http_frame_closes(&f), all[i].closes);
		buf_free(m.out);
		fault_clear(&f);
	}
}

static void
without_a_fault_the_length_is_right(void **state)
{
	struct made m;

	(void)state;
	assert_string_equal(
	    made(&m, NULL, "", true), "Content-Length: 0\r\nConnection: close\r\n|");
	buf_free(m.out);
}

static void
an_empty_chunked_body_has_only_the_last_chunk(void **state)
{
	const struct fault f = { .chunked = true };
	struct made m;

	(void)state;
	assert_string_equal(made(&m, &f, "", false), "Transfer-Encoding: chunked\r\n|0\r\n\r\n");
	buf_free(m.out);
}

static void
an_endless_body_begins_with_the_true_one(void **state)
{
	const struct fault f = { .endless = FAULT_ENDLESS_BODY };
	struct made m;
	const char *s;

	(void)state;
	s = made(&m, &f, "{}", false);
	assert_memory_equal(s, "Transfer-Encoding: chunked\r\n|2\r\n{}\r\n2000\r\n  ", 43);
	assert_int_equal(m.again, strstr(s, "2000\r\n") - s);
	assert_int_equal(buf_len(m.out) - m.again, 6 + 8192 + 2);
	assert_true(http_frame_closes(&f));
	buf_free(m.out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_each_fault_makes_of_the_body),
		cmocka_unit_test(without_a_fault_the_length_is_right),
		cmocka_unit_test(an_empty_chunked_body_has_only_the_last_chunk),
		cmocka_unit_test(an_endless_body_begins_with_the_true_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
