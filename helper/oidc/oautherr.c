/* The error object of OAuth endpoints. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "helper/oidc/check.h"
#include "helper/oidc/oautherr.h"

#define CODE_MAX 64

enum json_found
oautherr_code(const json_t *o, const char **code)
{
	const char *s = NULL;
	enum json_found f = json_as_str(json_object_get(o, "error"), CODE_MAX, &s);

	if (f != JSON_GOOD)
		return f;
	if (CHECK(C_064) &&
	    (*s == '\0' || !text_is_ascii(s, strlen(s), true) || strpbrk(s, "\"\\") != NULL))
		return JSON_BAD;
	*code = s;
	return JSON_GOOD;
}

const char *
oautherr_words(char dst[OAUTHERR_WORDS], const json_t *o)
{
	const char *code = "no error code", *more = "";
	char safe[121];

	(void)oautherr_code(o, &code);
	(void)json_as_str(json_object_get(o, "error_description"), 4096, &more);
	(void)text_escape(safe, sizeof(safe), more, strlen(more));
	(void)snprintf(dst, OAUTHERR_WORDS, "%s%s%s", code, safe[0] == '\0' ? "" : ": ", safe);
	return dst;
}
