/* What happened, a JSON object a line. */
#include "config.h"

#include <string.h>

#include "common/text.h"
#include "mock_idp/browser/tell.h"

json_t *
tell_bytes(const void *p, size_t len)
{
	const unsigned char *s = p;
	struct buf *b;
	json_t *out = NULL;
	bool ok;

	if (len == 0)
		return json_string("");
	if (text_is_utf8(p, len))
		return json_stringn(p, len);
	b = buf_new(2 * len);
	ok = b != NULL;
	for (size_t i = 0; i < len && ok; i++)
		ok = (s[i] < 0x80 || buf_put_u8(b, (uint8_t)(0xc0 | s[i] >> 6)) == E_OK) &&
		    buf_put_u8(b, s[i] < 0x80 ? s[i] : (uint8_t)(0x80 | (s[i] & 0x3f))) == E_OK;
	if (ok)
		out = json_stringn_nocheck((const char *)buf_data(b), buf_len(b));
	buf_free(b);
	return out;
}

const char *
tell_word(enum errcode r)
{
	static const struct {
		enum errcode r;
		const char *word;
	} words[] = {
		{ E_OK, "open" },
		{ E_NET, "refused" },
		{ E_CLOSED, "closed" },
		{ E_TIMEOUT, "timeout" },
		{ E_PROTO, "broken" },
		{ E_LIMIT, "large" },
		{ E_FORMAT, "format" },
		{ E_CFG, "nonsense" },
		{ E_TLS, "tls" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].r == r)
			return words[i].word;
	return "failed";
}

bool
tell_line(FILE *out, json_t *line)
{
	bool ok = line != NULL && json_dumpf(line, out, JSON_COMPACT) == 0 &&
	    fputc('\n', out) == '\n' && fflush(out) == 0;

	json_decref(line);
	return ok;
}

/* In their order, the doubled ones too. */
static json_t *
headers(const struct answer *a)
{
	json_t *all = json_array();

	for (size_t i = 0; i < a->headers.n; i++) {
		const struct pair *h = &a->headers.v[i];

		(void)json_array_append_new(all,
		    json_pack("[o, o]", tell_bytes(h->name, strlen(h->name)),
		        tell_bytes(h->value, strlen(h->value))));
	}
	return all;
}

bool
tell_answer(FILE *out, bool ok, const struct answer *a)
{
	return tell_line(out,
	    json_pack("{s:b, s:i, s:s, s:o, s:o, s:o}", "ok", ok, "status", a->status, "version",
	        a->version, "reason", tell_bytes(a->reason, strlen(a->reason)), "headers",
	        headers(a), "body",
	        tell_bytes(answer_text(a), a->body == NULL ? 0 : buf_len(a->body))));
}

bool
tell_failure(FILE *out, const struct err *e)
{
	return tell_line(out,
	    json_pack("{s:b, s:s, s:o}", "ok", 0, "error", tell_word(e->code), "text",
	        tell_bytes(e->text, strlen(e->text))));
}
