/* Where an answer ends: lengths, chunks, headers, and those that no server library would send. */
#include "config.h"

#include "tests/support/http_world.h"

/* H-01 */
static void
a_body_may_be_as_long_as_the_maximum_and_no_longer(void **state)
{
	struct world *x = *state;
	char most[256], over[256];

	(void)snprintf(most, sizeof(most), OK "Content-Length: 64\r\n\r\n%064d", 7);
	(void)snprintf(over, sizeof(over), OK "Content-Length: 65\r\n\r\n%065d", 7);
	{
		const struct tlsserver_answer a[] = { { "/most", most, TLSSERVER_KEEP },
			{ "/over", over, TLSSERVER_KEEP } };

		serve(x, a, 2);
		assert_int_equal(get(x, "/most"), E_OK);
		assert_int_equal(buf_len(x->r.body), 64);
		assert_int_equal(get(x, "/over"), E_PROTO);
		assert_string_equal(err_reason(&x->e), "http.size");
	}
}

/* H-01 */
static void
refuses_chunks_without_end(void **state)
{
	struct world *x = *state;
	const struct tlsserver_answer a[] = { { "/good",
		                                  OK "Transfer-Encoding: chunked\r\n\r\n"
		                                     "2\r\n{}\r\n0\r\n\r\n",
		                                  TLSSERVER_KEEP },
		{ "/more",
		    OK "Transfer-Encoding: chunked\r\n\r\n40\r\n"
		       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
		       "1\r\nx\r\n",
		    TLSSERVER_HANG } };

	serve(x, a, 2);
	assert_int_equal(get(x, "/good"), E_OK);
	assert_int_equal(buf_len(x->r.body), 2);
	assert_int_equal(get(x, "/more"), E_PROTO);
	assert_string_equal(err_reason(&x->e), "http.size");
}

/* H-02 */
static void
refuses_one_header_line_over_the_limit(void **state)
{
	struct world *x = *state;
	char *line = malloc(40000);

	(void)snprintf(line, 40000, OK "X: %033000d\r\nContent-Length: 0\r\n\r\n", 0);
	refused(x, E_PROTO, "http.size", line, TLSSERVER_KEEP);
	free(line);
}

/* H-01, H-02, H-04, H-05, H-07 */
static void
refuses_what_is_endless_cut_or_unframed(void **state)
{
	static const struct {
		const char *name;
		enum errcode code;
		const char *reason, *bytes;
		enum tlsserver_then then;
	} row[] = {
		{ "refuses_a_body_without_end", E_PROTO, "http.size",
		    OK "Content-Length: 9999999\r\n\r\n0123456789abcdef", TLSSERVER_ENDLESS },
		{ "refuses_headers_without_end", E_PROTO, "http.size", OK "X: y\r\n",
		    TLSSERVER_TAIL },
		{ "refuses_interim_answers_without_end", E_PROTO, "http.size",
		    "HTTP/1.1 103 Early\r\n\r\n", TLSSERVER_ENDLESS },
		{ "refuses_an_end_that_may_be_a_cut", E_PROTO, "http.framing", OK "\r\n{}",
		    TLSSERVER_CUT },
		{ "refuses_no_framing_though_it_ends_well", E_PROTO, "http.framing", OK "\r\n{}",
		    TLSSERVER_CLOSE },
		{ "refuses_a_body_shorter_than_promised", E_NET, "net.connect",
		    OK "Content-Length: 3\r\n\r\n{}", TLSSERVER_CLOSE },
		{ "refuses_chunks_without_the_last", E_NET, "net.connect",
		    OK "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", TLSSERVER_CLOSE },
		{ "refuses_an_answer_without_a_status", E_PROTO, "http.reply",
		    "{\"issuer\":\"x\"}\r\n\r\n", TLSSERVER_CLOSE },
		{ "nothing_at_all_is_the_network", E_NET, "net.connect", "", TLSSERVER_CLOSE },
		{ "what_an_interim_answer_says_of_its_framing_counts_for_nothing", E_PROTO,
		    "http.framing",
		    "HTTP/1.1 103 Early\r\nContent-Length: 2\r\nContent-Type: "
		    "application/json\r\n\r\n" OK "\r\n{}",
		    TLSSERVER_CUT },
		{ "refuses_one_header_line_without_end", E_PROTO, "http.reply",
		    OK "X: 0123456789abcdef0123456789abcdef", TLSSERVER_TAIL },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		print_message("%s\n", row[i].name);
		refused(*state, row[i].code, row[i].reason, row[i].bytes, row[i].then);
		assert_int_equal(tear_down(state), 0);
		assert_int_equal(set_up(state), 0);
	}
}

/* H-06, H-07: libcurls differ in what they call it, so only that nothing is taken counts here */
static void
refuses_lengths_and_status_lines_that_nobody_means(void **state)
{
	static const char *const bad[] = { OK "Content-Length: -2\r\n\r\n{}",
		OK "Content-Length: 99999999999999999999\r\n\r\n{}",
		OK "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
		OK "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
		OK "Transfer-Encoding: gzip\r\n\r\n{}", "HTTP/0.9 200 OK\r\n\r\n{}",
		"HTTP/7.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "ICY 200 OK\r\n\r\n{}",
		"HTTP/1.1 20\r\nContent-Length: 2\r\n\r\n{}",
		"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n{}" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct world *x = *state;
		enum errcode r = answered(x, bad[i], TLSSERVER_CLOSE);

		print_message("%zu: %d %s\n", i, (int)r, x->e.text);
		assert_true((r == E_PROTO || r == E_NET) || x->r.status != 200);
		assert_int_equal(tear_down(state), 0);
		assert_int_equal(set_up(state), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_body_may_be_as_long_as_the_maximum_and_no_longer),
		CASE(refuses_chunks_without_end),
		CASE(refuses_one_header_line_over_the_limit),
		CASE(refuses_what_is_endless_cut_or_unframed),
		CASE(refuses_lengths_and_status_lines_that_nobody_means),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
