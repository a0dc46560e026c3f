/* The configuration grammar. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/conf.h"
#include "tests/support/scratch.h"

static struct conf *
good(const char *text)
{
	struct conf *c = NULL;
	struct err e = { .code = E_OK };

	if (conf_parse(&c, "F", text, strlen(text), NULL, &e) != E_OK)
		fail_msg("%s", e.text);
	return c;
}

static void
bad_bytes(const char *text, size_t len, const char *reason, const char *sentence)
{
	struct conf *c = NULL;
	struct err e = { .code = E_OK };

	if (conf_parse(&c, "F", text, len, NULL, &e) != E_CFG)
		fail_msg("accepted: %s", text);
	assert_null(c);
	assert_string_equal(e.reason, reason);
	if (strncmp(e.text, sentence, strlen(sentence)) != 0)
		fail_msg("found    %s\nexpected %s", e.text, sentence);
}

static void
bad(const char *text, const char *reason, const char *sentence)
{
	bad_bytes(text, strlen(text), reason, sentence);
}

static void
sections_keys_and_values_keep_their_lines(void **state)
{
	struct conf *c = good("# comment\n[one]\na = 1\nb=2 # two\n\n[two \"x y\" z]  # why\n"
	                      "c_9\t=\tsome  text # not this\n");

	(void)state;
	assert_int_equal(c->n, 2);
	assert_string_equal(c->section[0].section, "one");
	assert_int_equal(c->section[0].line, 2);
	assert_int_equal(c->section[0].n, 2);
	assert_int_equal(c->section[0].key[1].line, 4);
	assert_string_equal(conf_text(&c->section[0].key[1], NULL), "2");
	assert_int_equal(c->section[1].name.n, 2);
	assert_string_equal(c->section[1].name.v[0], "x y");
	assert_string_equal(c->section[1].key[0].key, "c_9");
	assert_string_equal(conf_text(&c->section[1].key[0], NULL), "some  text");
	conf_free(c);
}

static void
an_empty_file_has_no_sections(void **state)
{
	struct conf *c = good("");

	(void)state;
	assert_int_equal(c->n, 0);
	conf_free(c);
	c = good("\n\n# only this");
	assert_int_equal(c->n, 0);
	conf_free(c);
}

static void
a_line_that_begins_with_a_blank_continues_the_value(void **state)
{
	struct conf *c =
	    good("[s]\na = x,\n\ty # first\n# a comment between\n   # indented\n  z\nb = 1\n");
	const struct strlist *l = conf_list(&c->section[0].key[0], NULL);

	(void)state;
	assert_non_null(l);
	assert_int_equal(l->n, 3);
	assert_string_equal(l->v[2], "z");
	assert_int_equal(c->section[0].n, 2);
	conf_free(c);
}

static void
a_section_that_comes_twice_goes_on(void **state)
{
	struct conf *c = good("[s x]\na = 1\n[t]\na = 2\n[s \"x\"]\nb = 3\n[s]\na = 4\n");

	(void)state;
	assert_int_equal(c->n, 3);
	assert_int_equal(c->section[0].n, 2);
	conf_free(c);
	bad("[s]\na = 1\n[t]\n[s]\na = 1\n", "cfg.twice",
	    "F:5: a is set a second time in [s], first on line 2");
}

static void
a_text_is_quoted_whole_or_not_at_all(void **state)
{
	struct conf *c =
	    good("[s]\na = \"x # y\"\nb = x \"y\"\nc = \"x\" \"y\"\nd = \"x\",\ne =\nf = a, b\n");
	struct conf_key *k = c->section[0].key;
	struct err e = { .code = E_OK };

	(void)state;
	assert_string_equal(conf_text(&k[0], NULL), "x # y");
	assert_null(conf_text(&k[1], &e));
	assert_string_equal(e.reason, "cfg.value");
	assert_null(conf_text(&k[2], NULL));
	assert_null(conf_text(&k[3], NULL));
	assert_string_equal(conf_text(&k[4], NULL), "");
	assert_string_equal(conf_text(&k[5], NULL), "a, b");
	conf_free(c);
}

static void
a_list_has_no_comma_beside_nothing(void **state)
{
	struct conf *c = good("[s]\na = x, y\nb = x,,y\nc = ,x\nd = x,\ne =\n");
	struct conf_key *k = c->section[0].key;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(conf_list(&k[0], NULL)->n, 2);
	for (int i = 1; i < 4; i++)
		assert_null(conf_list(&k[i], &e));
	assert_string_equal(e.text, "b has a comma beside nothing; take the comma away");
	assert_int_equal(conf_list(&k[4], NULL)->n, 0);
	conf_free(c);
}

static void
refuses_lines_that_it_does_not_understand(void **state)
{
	static const char *const row[][2] = {
		{ "[s]\nnonsense\n", "F:2: found \"nonsense\"; expected [section], key = value" },
		{ "[s]\nKey = 1\n", "F:2: found \"Key = 1\"" },
		{ "[s]\n9 = 1\n", "F:2: found" },
		{ "[s]\n= 1\n", "F:2: found" },
		{ "[s]\na-b = 1\n", "F:2: found" },
		{ "[s]\na b = 1\n", "F:2: found" },
		{ "[s]\n; a = 1\n", "F:2: found" },
		{ "a = 1\n", "F:1: a key before the first section" },
		{ "[s\n", "F:1: a section without its ]" },
		{ "[]\n", "F:1: not a section" },
		{ "[ ]\n", "F:1: not a section" },
		{ "[\"\"]\n", "F:1: not a section" },
		{ "[s \"\"]\n", "F:1: not a section" },
		{ "[s, t]\n", "F:1: not a section" },
		{ "[[s]\n", "F:1: a section's name holds no" },
		{ "[s #x]\n", "F:1: a section's name holds no" },
		{ "[s] a = 1\n", "F:1: text behind the ]" },
		{ "[s]# x\n", "F:1: text behind the ]" },
		{ "[s]\na =# x\n", "F:2: a value that begins with #" },
		{ " [s]\n", "F:1: the line begins with a blank, but above it is no value" },
		{ "[s]\n a = 1\n", "F:2: the line begins with a blank" },
		{ "[s]\na = 1\n\n b\n", "F:4: the line begins with a blank" },
		{ "[s]\na = 1\n \n b\n", "F:4: the line begins with a blank" },
		{ "[s]\na = 1\n b = 2\n",
		    "F:3: a line that begins with a blank continues a, and this looks like a key" },
		{ "[s]\na = 1\n [t]\n",
		    "F:3: a line that begins with a blank continues a, and this looks like a "
		    "section" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		bad(row[i][0], "cfg.syntax", row[i][1]);
	bad("[s]\na = \"x\n", "cfg.quote", "F:2: a double quote that is not closed");
	bad("[s \"x]\n", "cfg.syntax", "F:1: a section without its ]");
}

static void
refuses_bytes_that_are_no_text(void **state)
{
	(void)state;
	bad("[s]\r\na = 1\r\n", "cfg.bytes", "F:1: the line ends in CR LF");
	bad("[s]\na = 1\rb\n", "cfg.bytes", "F:2: control character 0x0d at column 6");
	bad("[s]\na = \x1b[2J\n", "cfg.bytes", "F:2: control character 0x1b at column 5");
	bad("[s]\na = \x7f\n", "cfg.bytes", "F:2: control character 0x7f");
	bad("[s]\na = \xc2\x9b\n", "cfg.bytes", "F:2: control character 0x9b");
	bad("\xef\xbb\xbf[s]\n", "cfg.bytes", "F:1: the file begins with a byte order mark");
	bad("\xef\xbb\xbf# x\n", "cfg.bytes", "F:1: the file begins with a byte order mark");
	bad("[s]\n\xef\xbb\xbf"
	    "a = 1\n",
	    "cfg.syntax", "F:2: found");
	bad("[s]\n# \xff\n", "cfg.bytes", "F:2: not valid UTF-8");
	bad_bytes("[s]\na = 1\0 2\n", 13, "cfg.bytes", "F:2: control character 0x00 at column 6");
	conf_free(good("[s]\na = gr\xc3\xbcn\n"));
}

/* head, then n times row with '%' as the number of it, then tail */
static char *
repeat(const char *head, const char *row, size_t n, const char *tail)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	(void)fputs(head, f);
	for (size_t i = 0; i < n; i++)
		for (const char *p = row; *p != '\0'; p++)
			(void)(*p == '%' ? fprintf(f, "%zu", i) : fputc(*p, f));
	(void)fputs(tail, f);
	assert_int_equal(fclose(f), 0);
	return text;
}

static void
at_a_limit_it_reads_and_past_it_refuses(void **state)
{
	static const struct {
		const char *head, *row, *tail;
		size_t n;
		const char *sentence;
	} limit[] = {
		{ "[s]\n#", ".", "\n", CONF_LINE_MAX - 1, "F:2: longer than 4096 bytes" },
		{ "", "[s x%]\n", "", CONF_SECTIONS_MAX, "F:1025: more than 1024 sections" },
		{ "[s]\n", "k% = 1\n", "", CONF_KEYS_MAX, "F:258: more than 256 keys" },
		{ "", "\n", "", CONF_FILE_MAX, "F:1: larger than 262144 bytes" },
		{ "[s]\na = ", "\n x", "\n", CONF_WORDS_MAX,
		    "F:4099: a value of more than 4096 words" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(limit) / sizeof(limit[0]); i++) {
		char *at = repeat(limit[i].head, limit[i].row, limit[i].n, limit[i].tail);
		char *past = repeat(limit[i].head, limit[i].row, limit[i].n + 1, limit[i].tail);

		conf_free(good(at));
		bad(past, "cfg.size", limit[i].sentence);
		free(at);
		free(past);
	}
}

static void
a_file_is_read_only_when_nobody_else_can_write_it(void **state)
{
	struct err e = { .code = E_OK };
	char path[SCRATCH_PATH];
	struct conf *c = NULL;
	struct scratch s;

	(void)state;
	scratch_make(&s);
	scratch_write(&s, path, "conf", "[s]\na = 1\n", 0644);
	assert_int_equal(conf_read(&c, path, getuid(), NULL, &e), E_OK);
	assert_string_equal(c->file, path);
	conf_free(c);
	c = NULL;
	scratch_write(&s, path, "conf", "[s]\na = 1\n", 0666);
	assert_int_equal(conf_read(&c, path, getuid(), NULL, &e), E_CFG);
	assert_null(c);
	assert_string_equal(e.reason, "cfg.file.mode");
	assert_int_equal(
	    conf_read(&c, scratch_path(&s, path, "none"), getuid(), NULL, NULL), E_CLOSED);
	scratch_remove(&s);
}

/* Where somebody lists them: each line for itself, and nothing below a header that is none. */
static void
all_mistakes_of_a_file_are_listed(void **state)
{
	static const char text[] =
	    "stray = 1\n[one]\na = 1\nA = 2\na = 3\n[two\nb = 4\nC\n[one]\nd = 5\n";
	struct faults f = { .v = NULL };
	struct conf *c = NULL;

	(void)state;
	assert_int_equal(conf_parse(&c, "F", text, sizeof(text) - 1, &f, NULL), E_OK);
	assert_int_equal(f.n, 5);
	assert_int_equal(strncmp(f.v[0].text, "F:1: a key before", 17), 0);
	assert_int_equal(strncmp(f.v[1].text, "F:4: found \"A = 2\"", 18), 0);
	assert_int_equal(strncmp(f.v[2].text, "F:5: a is set a second time", 27), 0);
	assert_int_equal(strncmp(f.v[3].text, "F:6: a section without its ]", 28), 0);
	assert_int_equal(strncmp(f.v[4].text, "F:8: found \"C\"", 14), 0);
	assert_int_equal(c->n, 1);
	assert_int_equal(c->section[0].n, 2);
	conf_free(c);
	faults_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections_keys_and_values_keep_their_lines),
		cmocka_unit_test(an_empty_file_has_no_sections),
		cmocka_unit_test(a_line_that_begins_with_a_blank_continues_the_value),
		cmocka_unit_test(a_section_that_comes_twice_goes_on),
		cmocka_unit_test(a_text_is_quoted_whole_or_not_at_all),
		cmocka_unit_test(a_list_has_no_comma_beside_nothing),
		cmocka_unit_test(refuses_lines_that_it_does_not_understand),
		cmocka_unit_test(refuses_bytes_that_are_no_text),
		cmocka_unit_test(at_a_limit_it_reads_and_past_it_refuses),
		cmocka_unit_test(a_file_is_read_only_when_nobody_else_can_write_it),
		cmocka_unit_test(all_mistakes_of_a_file_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
