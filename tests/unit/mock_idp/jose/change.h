/* A text before and after mutators, for the tests of the json.* ones. */
#ifndef TESTS_UNIT_MOCK_IDP_JOSE_CHANGE_H
#define TESTS_UNIT_MOCK_IDP_JOSE_CHANGE_H

#include <string.h>

#include "mock_idp/jose/jsontext.h"
#include "tests/support/unit.h"

#define CHANGE_TWIN "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"]}"

/* The text after the mutators (a JSON array, which has to be right) as a buffer of that limit. */
static inline struct buf *
change(const char *text, const char *list, enum errcode want)
{
	struct buf *b = buf_new(JSONTEXT_MAX);
	json_t *l = json_loads(list, 0, NULL);

	assert_non_null(l);
	assert_int_equal(buf_puts(b, text), E_OK);
	assert_int_equal(jsontext_check(l, NULL), E_OK);
	assert_int_equal(jsontext_apply(l, b, NULL), want);
	json_decref(l);
	return b;
}

/* These are the len bytes that come of it. */
static inline void
becomes_bytes(const char *text, const char *list, const void *want, size_t len)
{
	struct buf *b = change(text, list, E_OK);

	assert_int_equal(buf_len(b), len);
	assert_memory_equal(buf_data(b), want, len);
	buf_free(b);
}

static inline void
becomes(const char *text, const char *list, const char *want)
{
	struct buf *b = change(text, list, E_OK);

	assert_string_equal(buf_cstr(b), want);
	buf_free(b);
}

static inline void
does_not_fit(const char *text, const char *list)
{
	buf_free(change(text, list, E_FORMAT));
}

#endif
