/* JSON from outside, strictly. */
#include "config.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/secmem.h"
#include "helper/oidc/check.h"
#include "helper/oidc/json.h"

#define NUM_END 9007199254740992.0 /* 2^53: from here on a double skips integers */

/*
 * jansson had no memory since json_read began. It calls that a syntax error; and where a string's
 * buffer cannot grow, it drops a character and goes on (lex_save, up to 2.14): a name that nobody
 * sent.
 */
static bool starved;

/* Plain malloc(3) memory, since libjwt frees with free(3) what jansson gave it. */
static void *
watched_malloc(size_t n)
{
	void *p = malloc(n);

	starved = starved || p == NULL;
	return p;
}

static void
wiping_free(void *p)
{
	if (p != NULL)
		secmem_free(p, malloc_usable_size(p));
}

void
json_harden(void)
{
	size_t seed = 0;

	json_set_alloc_funcs(watched_malloc, wiping_free);
	/* 0 makes jansson open /dev/urandom, which the worker cannot reach later */
	if (secmem_random(&seed, sizeof(seed)))
		json_object_seed(seed | 1);
}

/* jansson recurses to 2,048 levels before it refuses; look before it leaps. */
static bool
is_shallow(const char *p, size_t len)
{
	size_t depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < len; i++) {
		if (in_string && p[i] == '\\')
			i++;
		else if (p[i] == '"')
			in_string = !in_string;
		else if (!in_string && (p[i] == '{' || p[i] == '[') && ++depth > JSON_DEPTH_MAX)
			return false;
		else if (!in_string && (p[i] == '}' || p[i] == ']') && depth > 0)
			depth--;
	}
	return true;
}

static enum errcode
refuse(struct err *e, enum errcode code, const char *family, const char *kind, const char *what)
{
	char reason[ERR_REASON_MAX];

	(void)snprintf(reason, sizeof(reason), "%s.%s", family, kind);
	return err_set(e, code, reason, "%s", what);
}

enum errcode
json_read(json_t **out, const void *p, size_t len, size_t max, enum errcode code,
    const char *family, struct err *e)
{
	const size_t flags = CHECK(C_086, C_103, H_15) ? JSON_REJECT_DUPLICATES : 0;
	char what[80];
	json_error_t why;
	json_t *v;

	if (CHECK(H_16) && len > max) {
		(void)snprintf(what, sizeof(what), "%zu bytes of JSON, %zu at most", len, max);
		return refuse(e, code, family, "size", what);
	}
	if (len == 0)
		return refuse(e, code, family, "json", "empty, a JSON object was expected");
	if (CHECK(H_16) && !is_shallow(p, len))
		return refuse(e, code, family, "depth", "JSON nested deeper than 16 levels");
	starved = false;
	v = json_loadb(p, len, flags, &why);
	if (starved || (v == NULL && json_error_code(&why) == json_error_out_of_memory)) {
		json_decref(v);
		return err_set(e, E_NOMEM, NULL, "out of memory");
	}
	if (v == NULL) {
		if (json_error_code(&why) == json_error_duplicate_key)
			return refuse(e, code, family, "dup", "a JSON member stands there twice");
		(void)snprintf(what, sizeof(what),
		    "found no valid JSON at byte %d; expected an object", why.position);
		return refuse(e, code, family, "json", what);
	}
	if (CHECK(H_20, H_35) && !json_is_object(v)) {
		json_decref(v);
		return refuse(e, code, family, "json", "JSON, but no object");
	}
	*out = v;
	return E_OK;
}

enum json_found
json_as_str(const json_t *v, size_t max, const char **out)
{
	if (v == NULL || json_is_null(v))
		return JSON_ABSENT;
	if (!json_is_string(v) || json_string_length(v) > max)
		return JSON_BAD;
	*out = json_string_value(v);
	return JSON_GOOD;
}

enum json_found
json_as_num(const json_t *v, bool whole, int64_t *out)
{
	double d;

	if (v == NULL || json_is_null(v))
		return JSON_ABSENT;
	if (!json_is_number(v))
		return JSON_BAD;
	d = json_number_value(v);
	if (CHECK(C_079, H_19) && (!isfinite(d) || d < 0 || d >= NUM_END))
		return JSON_BAD;
	/* below 2^53 the double is the integer itself */
	if (CHECK(C_135, C_136) && whole && (double)(int64_t)d < d)
		return JSON_BAD;
	*out = (int64_t)d;
	return JSON_GOOD;
}

enum json_found
json_as_strings(const json_t *v, size_t max, size_t bytes, struct strlist *out)
{
	size_t total = 0;

	if (v == NULL || json_is_null(v))
		return JSON_ABSENT;
	if (!json_is_array(v) || json_array_size(v) > max)
		return JSON_BAD;
	for (size_t i = 0; i < json_array_size(v); i++) {
		const json_t *s = json_array_get(v, i);
		size_t len = json_string_length(s);
		bool bad = !json_is_string(s) || (CHECK(H_43) && len > bytes - total);

		if (bad || strlist_add(out, json_string_value(s), len, max) != E_OK) {
			strlist_clear(out);
			return bad ? JSON_BAD : JSON_NOMEM;
		}
		total += len;
	}
	return JSON_GOOD;
}

bool
json_media_is(const char *content_type, const char *want)
{
	size_t n;

	if (content_type == NULL)
		return false;
	content_type += strspn(content_type, " \t");
	n = strcspn(content_type, "; \t");
	return n == strlen(want) && strncasecmp(content_type, want, n) == 0 &&
	    strchr("; \t", content_type[n]) != NULL;
}
