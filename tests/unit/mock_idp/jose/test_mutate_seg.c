/* Mutators of the token as a whole. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/mutate_seg.h"
#include "tests/support/unit.h"

static void
twin(struct mutate_segs *s)
{
	static const char *const texts[] = { "aGVhZA", "Ym9keQ", "c2ln" };

	memset(s, 0, sizeof(*s));
	s->json = buf_new(1000);
	for (s->n = 0; s->n < 3; s->n++) {
		s->v[s->n] = buf_new(1000);
		assert_int_equal(buf_puts(s->v[s->n], texts[s->n]), E_OK);
	}
}

static void
drop(struct mutate_segs *s)
{
	for (size_t i = 0; i < MUTATE_SEGS; i++)
		buf_free(s->v[i]);
	buf_free(s->json);
}

static enum errcode
apply(struct mutate_segs *s, const char *item)
{
	json_t *o = json_loads(item, JSON_DECODE_ANY, NULL);
	struct mutate m;
	enum errcode r;

	assert_int_equal(mutate_read(&m, o, NULL), E_OK);
	assert_non_null(mutate_seg_args(m.name));
	assert_int_equal(mutate_check(&m, "", mutate_seg_args(m.name), NULL), E_OK);
	r = mutate_seg_apply(&m, &ids_system, s, NULL);
	json_decref(o);
	return r;
}

/* The segments joined by dots, after the twin went through one mutator. */
static void
becomes(const char *item, const char *want)
{
	struct mutate_segs s;
	struct buf *b = buf_new(1000);

	twin(&s);
	assert_int_equal(apply(&s, item), E_OK);
	for (size_t i = 0; i < s.n; i++)
		assert_int_equal(buf_printf(b, "%s%s", i == 0 ? "" : ".", buf_cstr(s.v[i])), E_OK);
	assert_string_equal(buf_cstr(b), want);
	buf_free(b);
	drop(&s);
}

static void
segments_come_and_go(void **state)
{
	(void)state;
	becomes("[\"seg.add\",\"\"]", "aGVhZA.Ym9keQ.c2ln.");
	becomes("[\"seg.add\",\"eA\"]", "aGVhZA.Ym9keQ.c2ln.eA");
	becomes("[\"seg.drop\",0]", "Ym9keQ.c2ln");
	becomes("[\"seg.drop\",1]", "aGVhZA.c2ln");
	becomes("[\"seg.drop\",2]", "aGVhZA.Ym9keQ");
	becomes("[\"seg.empty\",\"header\"]", ".Ym9keQ.c2ln");
	becomes("[\"seg.empty\",\"payload\"]", "aGVhZA..c2ln");
	becomes("[\"seg.empty\",\"signature\"]", "aGVhZA.Ym9keQ.");
	becomes("\"seg.order\"", "Ym9keQ.aGVhZA.c2ln");
}

static void
what_is_dropped_can_be_added_again(void **state)
{
	struct mutate_segs s;

	(void)state;
	twin(&s);
	assert_int_equal(apply(&s, "[\"seg.drop\",0]"), E_OK);
	assert_int_equal(apply(&s, "[\"seg.add\",\"eA\"]"), E_OK);
	assert_int_equal(s.n, 3);
	assert_string_equal(buf_cstr(s.v[0]), "Ym9keQ");
	assert_string_equal(buf_cstr(s.v[2]), "eA");
	drop(&s);
}

static void
what_is_not_there_cannot_go(void **state)
{
	struct mutate_segs s;

	(void)state;
	twin(&s);
	assert_int_equal(apply(&s, "[\"seg.drop\",3]"), E_FORMAT);
	assert_int_equal(apply(&s, "[\"seg.drop\",0]"), E_OK);
	assert_int_equal(apply(&s, "[\"seg.empty\",\"signature\"]"), E_FORMAT);
	assert_int_equal(apply(&s, "[\"jws.json\",\"general\"]"), E_FORMAT);
	assert_int_equal(apply(&s, "[\"seg.drop\",0]"), E_OK);
	assert_int_equal(apply(&s, "\"seg.order\""), E_FORMAT);
	for (size_t i = s.n; i < MUTATE_SEGS; i++)
		assert_int_equal(apply(&s, "[\"seg.add\",\"\"]"), E_OK);
	assert_int_equal(apply(&s, "[\"seg.add\",\"\"]"), E_FORMAT);
	drop(&s);
	assert_null(mutate_seg_args("seg.none"));
	assert_null(mutate_seg_args("b64.pad"));
}

static void
json_serialization_has_the_same_segments(void **state)
{
	struct mutate_segs s;

	(void)state;
	twin(&s);
	assert_int_equal(apply(&s, "[\"jws.json\",\"flattened\"]"), E_OK);
	assert_string_equal(buf_cstr(s.json),
	    "{\"payload\":\"Ym9keQ\",\"protected\":\"aGVhZA\",\"signature\":\"c2ln\"}");
	/* and is the end of it */
	assert_int_equal(apply(&s, "\"seg.order\""), E_FORMAT);
	drop(&s);
	twin(&s);
	assert_int_equal(apply(&s, "[\"seg.empty\",\"signature\"]"), E_OK);
	assert_int_equal(apply(&s, "[\"jws.json\",\"general\"]"), E_OK);
	assert_string_equal(buf_cstr(s.json),
	    "{\"payload\":\"Ym9keQ\",\"signatures\":[{\"protected\":\"aGVhZA\",\"signature\":\"\"}]"
	    "}");
	drop(&s);
}

static void
an_encrypted_token_has_five_segments(void **state)
{
	struct mutate_segs s;
	static const size_t chars[] = { 0, 342, 16, 22, 22 };

	(void)state;
	twin(&s);
	assert_int_equal(apply(&s, "\"jwe.wrap\""), E_OK);
	assert_int_equal(s.n, 5);
	assert_string_equal(
	    buf_cstr(s.v[0]), "eyJhbGciOiJSU0EtT0FFUCIsImN0eSI6IkpXVCIsImVuYyI6IkEyNTZHQ00ifQ");
	for (size_t i = 1; i < 3; i++)
		assert_int_equal(buf_len(s.v[i]), chars[i]);
	/* as long as what it hides: aGVhZA.Ym9keQ.c2ln */
	assert_int_equal(buf_len(s.v[3]), (18 * 4 + 2) / 3);
	assert_int_equal(buf_len(s.v[4]), chars[4]);
	drop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_come_and_go),
		cmocka_unit_test(what_is_dropped_can_be_added_again),
		cmocka_unit_test(what_is_not_there_cannot_go),
		cmocka_unit_test(json_serialization_has_the_same_segments),
		cmocka_unit_test(an_encrypted_token_has_five_segments),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
