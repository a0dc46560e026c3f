/* Typed access to claims. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/claims.h"
#include "tests/support/unit.h"

static struct claims *
parsed(const char *s)
{
	struct claims *c = NULL;

	assert_int_equal(claims_parse(&c, s, strlen(s), NULL), E_OK);
	return c;
}

/* C-085, C-086, H-35 */
static void
refuses_what_is_no_set_of_claims(void **state)
{
	static const char two[] = "{\"sub\":\"alice\",\"sub\":\"root\"}", list[] = "[\"sub\"]";
	struct err e = { .code = E_OK };
	struct claims *c = NULL;

	(void)state;
	assert_int_equal(claims_parse(&c, two, sizeof(two) - 1, &e), E_TOK);
	assert_string_equal(e.reason, "idt.dup");
	e = (struct err){ .code = E_OK };
	assert_int_equal(claims_parse(&c, list, sizeof(list) - 1, &e), E_TOK);
	assert_string_equal(e.reason, "idt.json");
	assert_null(c);
	claims_free(NULL);
}

static void
finds_a_literal_name_before_a_path(void **state)
{
	struct claims *c = parsed("{\"authelia.pam.username\":\"alice\",\"/a/b\":\"literal\","
	                          "\"a\":{\"b\":\"path\",\"c\":\"deep\",\"x/y~\":\"esc\","
	                          "\"l\":[\"zero\",\"one\"],\"n\":null},\"Sub\":\"no\"}");
	const char *s = NULL;

	(void)state;
	assert_int_equal(claims_str(c, "authelia.pam.username", 64, &s), CLAIMS_OK);
	assert_string_equal(s, "alice");
	assert_int_equal(claims_str(c, "/a/b", 64, &s), CLAIMS_OK);
	assert_string_equal(s, "literal");
	assert_int_equal(claims_str(c, "/a/c", 64, &s), CLAIMS_OK);
	assert_string_equal(s, "deep");
	assert_int_equal(claims_str(c, "/a/x~1y~0", 64, &s), CLAIMS_OK);
	assert_string_equal(s, "esc");
	assert_int_equal(claims_str(c, "/a/l/1", 64, &s), CLAIMS_OK);
	assert_string_equal(s, "one");
	s = NULL;
	assert_int_equal(claims_str(c, "/a/l/2", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "/a/l/01", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "/a/x~", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "/a/c/d", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "/a/n", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "a.b", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "sub", 64, &s), CLAIMS_ABSENT);
	assert_int_equal(claims_str(c, "a", 64, &s), CLAIMS_BAD);
	assert_null(s);
	claims_free(c);
}

/* C-079 */
static void
cuts_the_fraction_off_a_time(void **state)
{
	struct claims *c = parsed("{\"iat\":1700000000.9,\"exp\":\"1700000000\",\"nbf\":null}");
	int64_t n = 0;

	(void)state;
	assert_int_equal(claims_num(c, "iat", &n), CLAIMS_OK);
	assert_int_equal(n, 1700000000);
	assert_int_equal(claims_num(c, "exp", &n), CLAIMS_BAD);
	assert_int_equal(claims_num(c, "nbf", &n), CLAIMS_ABSENT);
	claims_free(c);
}

/* H-43, authelia.md section 4: groups may be null */
static void
reads_groups_as_a_list_or_not_at_all(void **state)
{
	struct claims *c = parsed("{\"groups\":[\"Domain Admins\",\"a\",\"a\"],\"none\":null,"
	                          "\"one\":\"admins\",\"mixed\":[\"a\",1],\"object\":{\"a\":{}}}");
	struct strlist l = { .n = 0 };

	(void)state;
	assert_int_equal(claims_strings(c, "groups", &l), CLAIMS_OK);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.v[0], "Domain Admins");
	strlist_clear(&l);
	assert_int_equal(claims_strings(c, "none", &l), CLAIMS_ABSENT);
	assert_int_equal(claims_strings(c, "one", &l), CLAIMS_BAD);
	assert_int_equal(claims_strings(c, "mixed", &l), CLAIMS_BAD);
	assert_int_equal(claims_strings(c, "object", &l), CLAIMS_BAD);
	assert_int_equal(l.n, 0);
	claims_free(c);
}

/* {"g":["aaaa","aaaa", ...]} */
static struct claims *
with_groups(size_t n, size_t width)
{
	char *s = malloc(n * (width + 3) + 16), *at = s;
	struct claims *c;

	assert_non_null(s);
	memcpy(at, "{\"g\":[", 6);
	at += 6;
	for (size_t i = 0; i < n; i++) {
		*at++ = i == 0 ? ' ' : ',';
		*at++ = '"';
		memset(at, 'a', width);
		at += width;
		*at++ = '"';
	}
	memcpy(at, "]}", 3);
	c = parsed(s);
	free(s);
	return c;
}

/* H-43 */
static void
counts_groups_and_their_bytes(void **state)
{
	static const struct {
		size_t n, width;
		enum claims_found is;
	} rows[] = { { CLAIMS_GROUPS_MAX, 64, CLAIMS_OK }, { CLAIMS_GROUPS_MAX + 1, 1, CLAIMS_BAD },
		{ CLAIMS_GROUPS_MAX, 65, CLAIMS_BAD }, { 1, CLAIMS_GROUPS_BYTES, CLAIMS_OK },
		{ 1, CLAIMS_GROUPS_BYTES + 1, CLAIMS_BAD } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct claims *c = with_groups(rows[i].n, rows[i].width);
		struct strlist l = { .n = 0 };

		assert_int_equal(claims_strings(c, "g", &l), rows[i].is);
		assert_int_equal(l.n, rows[i].is == CLAIMS_OK ? rows[i].n : 0);
		strlist_clear(&l);
		claims_free(c);
	}
}

/* H-43; providers.md rule 11: the form is the administrator's word, nothing is guessed */
static void
groups_have_the_form_that_is_configured(void **state)
{
	static const struct {
		const char *format, *raw;
		enum claims_found found;
		size_t n;
	} row[] = {
		{ "array", "[\"a\",\"b\"]", CLAIMS_OK, 2 },
		{ "array", "\"a\"", CLAIMS_BAD, 0 },
		{ "array", "{\"a\":1}", CLAIMS_BAD, 0 },
		{ "array", "[{\"value\":\"a\"}]", CLAIMS_BAD, 0 },
		{ "object_keys", "{\"a\":{\"1\":\"x\"},\"b\":null}", CLAIMS_OK, 2 },
		{ "object_keys", "{}", CLAIMS_OK, 0 },
		{ "object_keys", "[\"a\"]", CLAIMS_BAD, 0 },
		{ "object_keys", "\"a\"", CLAIMS_BAD, 0 },
		{ "object_keys", "null", CLAIMS_ABSENT, 0 },
		{ "objects:value", "[{\"value\":\"a\",\"display\":\"A\"},{\"value\":\"b\"}]",
		    CLAIMS_OK, 2 },
		{ "objects:value", "[]", CLAIMS_OK, 0 },
		{ "objects:value", "[{\"value\":\"a\"},{\"display\":\"b\"}]", CLAIMS_BAD, 0 },
		{ "objects:value", "[{\"value\":1}]", CLAIMS_BAD, 0 },
		{ "objects:value", "[\"a\"]", CLAIMS_BAD, 0 },
		{ "objects:value", "{\"value\":\"a\"}", CLAIMS_BAD, 0 },
		{ "objects:value", "null", CLAIMS_ABSENT, 0 },
		{ "unheard-of", "[\"a\"]", CLAIMS_BAD, 0 },
	};
	char json[256];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct strlist l = { .n = 0 };
		struct claims *c = NULL;

		(void)snprintf(json, sizeof(json), "{\"g\":%s}", row[i].raw);
		assert_int_equal(claims_parse(&c, json, strlen(json), NULL), E_OK);
		assert_int_equal(claims_groups(c, "g", row[i].format, &l), row[i].found);
		assert_int_equal(l.n, row[i].n);
		assert_int_equal(claims_groups(c, "none", row[i].format, &l), CLAIMS_ABSENT);
		strlist_clear(&l);
		claims_free(c);
	}
}

/* H-43: 1024 groups, 64 KiB */
static void
groups_are_as_bounded_in_every_form(void **state)
{
	char *json = malloc(64 * 1024), *at = json;
	struct strlist l = { .n = 0 };
	struct claims *c = NULL;

	(void)state;
	at += sprintf(at, "{\"g\":{");
	for (int i = 0; i < 1025; i++)
		at += sprintf(at, "%s\"g%d\":1", i == 0 ? "" : ",", i);
	(void)sprintf(at, "}}");
	assert_int_equal(claims_parse(&c, json, strlen(json), NULL), E_OK);
	assert_int_equal(claims_groups(c, "g", "object_keys", &l), CLAIMS_BAD);
	assert_int_equal(l.n, 0);
	claims_free(c);
	free(json);
}

/* Three groups of so many bytes together. */
static struct claims *
three_groups(bool keys, size_t bytes)
{
	const int first = (int)bytes / 2, second = (int)bytes - first - 1;
	struct claims *c = NULL;
	char *json = NULL;

	assert_true(asprintf(&json,
	                keys ? "{\"g\":{\"a\":1,\"%0*d\":1,\"%0*d\":1}}"
	                     : "{\"g\":[{\"n\":\"a\"},{\"n\":\"%0*d\"},{\"n\":\"%0*d\"}]}",
	                first, 1, second, 2) > 0);
	assert_int_equal(claims_parse(&c, json, strlen(json), NULL), E_OK);
	free(json);
	return c;
}

/* H-43 */
static void
the_bytes_of_groups_are_counted_in_every_form(void **state)
{
	static const char *const form[] = { "objects:n", "object_keys" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		bool fits = i % 2 == 0;
		struct claims *c = three_groups(i / 2 == 1, CLAIMS_GROUPS_BYTES + !fits);
		struct strlist l = { .n = 0 };

		assert_int_equal(
		    claims_groups(c, "g", form[i / 2], &l), fits ? CLAIMS_OK : CLAIMS_BAD);
		assert_int_equal(l.n, fits ? 3 : 0);
		strlist_clear(&l);
		claims_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_have_the_form_that_is_configured),
		cmocka_unit_test(groups_are_as_bounded_in_every_form),
		cmocka_unit_test(the_bytes_of_groups_are_counted_in_every_form),
		cmocka_unit_test(refuses_what_is_no_set_of_claims),
		cmocka_unit_test(finds_a_literal_name_before_a_path),
		cmocka_unit_test(cuts_the_fraction_off_a_time),
		cmocka_unit_test(reads_groups_as_a_list_or_not_at_all),
		cmocka_unit_test(counts_groups_and_their_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
