/* The answer at the loopback redirect. */
#include "config.h"

#include <string.h>

#include "common/secmem.h"
#include "common/text.h"
#include "common/url.h"
#include "helper/oidc/callback.h"
#include "helper/oidc/check.h"
#include "helper/oidc/reqhead.h"

#define PARAM_NAME_SIZE 16 /* more than the longest that we know */
#define VALUE_MAX URL_MAX
#define ERROR_SHOWN 64

_Static_assert(VALUE_MAX >= CALLBACK_CODE_MAX, "a code fits");

/* One parameter that we know: how often it came, and its last value. */
struct param {
	unsigned times;
	bool fits; /* no longer than VALUE_MAX, and no NUL inside */
	char value[VALUE_MAX + 1];
};

enum { CODE, STATE, ISS, ERROR, RESPONSE, PARAMS };

static const char *const names[PARAMS] = { "code", "state", "iss", "error", "response" };

struct answer {
	struct param v[PARAMS];
	bool ours; /* some state is ours */
};

static int
hex(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)((at - digits) & 15);
}

/*
 * Form decoding into dst, cut where it is full: *len is what it would take. False when a '%' has no
 * two hex digits behind it.
 */
static bool
decode(char *dst, size_t size, size_t *len, const char *s, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++, k++) {
		int c = s[i] == '+' ? ' ' : (unsigned char)s[i];

		if (s[i] == '%') {
			if (n - i < 3 || hex(s[i + 1]) < 0 || hex(s[i + 2]) < 0)
				return false;
			c = hex(s[i + 1]) * 16 + hex(s[i + 2]);
			i += 2;
		}
		if (k < size - 1)
			dst[k] = (char)c;
	}
	dst[k < size - 1 ? k : size - 1] = '\0';
	*len = k;
	return true;
}

/* Which parameter that is; PARAMS: none of ours. Case counts. */
static size_t
which(const char *name, size_t len)
{
	size_t i = 0;

	while (i < PARAMS && (len != strlen(names[i]) || memcmp(name, names[i], len) != 0))
		i++;
	return i;
}

/* In time that depends on the length alone. C-032. */
static bool
is_state(const char *value, size_t len, const char *state)
{
	return len == strlen(state) && secmem_equal(value, state, len);
}

/* One "name=value"; false when it is not form-encoded. Parameters that nobody knows are none of our
 * business (C-034). */
static bool
take_pair(struct answer *a, const char *s, size_t n, const char *state)
{
	char name[PARAM_NAME_SIZE], rest[2];
	const char *is = memchr(s, '=', n);
	size_t named = is == NULL ? n : (size_t)(is - s), len, i;
	struct param *p;
	bool other;

	if (!decode(name, sizeof(name), &len, s, named))
		return false;
	i = which(name, len);
	if (is == NULL)
		return i == PARAMS;
	if (i == PARAMS)
		return decode(rest, sizeof(rest), &len, is + 1, n - named - 1);
	p = &a->v[i];
	if (!decode(p->value, sizeof(p->value), &len, is + 1, n - named - 1))
		return false;
	p->times++;
	p->fits = len <= VALUE_MAX && memchr(p->value, '\0', len) == NULL;
	other = CHECK(C_032) && !is_state(p->value, len, state);
	if (i == STATE && !other)
		a->ours = true;
	return true;
}

static bool
take_query(struct answer *a, const char *s, size_t n, const char *state)
{
	for (size_t i = 0, end; i <= n; i = end + 1) {
		const char *amp = memchr(s + i, '&', n - i);

		end = amp == NULL ? n : (size_t)(amp - s);
		if (!take_pair(a, s + i, end - i, state))
			return false;
	}
	return true;
}

/* MHD and others take the first of two, or the last: what one reader checks, another uses. C-033.
 */
static enum errcode
check_once(const struct answer *a, struct err *e)
{
	for (size_t i = 0; i < PARAMS; i++)
		if (CHECK(C_033) && a->v[i].times > 1)
			return err_set(e, E_CB, "cb.dup", "the answer has %s twice", names[i]);
	return E_OK;
}

/* RFC 9207 section 2.4: a simple string comparison, before a code or an error counts. */
static enum errcode
check_iss(const struct answer *a, const struct callback_expect *x, struct err *e)
{
	const struct param *iss = &a->v[ISS];
	char found[128];

	if (CHECK(C_041) && iss->times == 0 && x->iss_required)
		return err_set(e, E_CB, "cb.iss",
		    "the answer has no iss, which this provider says that it always sends");
	if (CHECK(C_038, C_039, C_040) && iss->times > 0 &&
	    (!iss->fits || strcmp(iss->value, x->issuer) != 0))
		return err_set(e, E_CB, "cb.iss", "the answer is of issuer %s, not of %.120s",
		    text_escape(found, sizeof(found), iss->value, strlen(iss->value)), x->issuer);
	return E_OK;
}

/* RFC 6749 section 4.1.2.1. The description is for developers, and written by who knows whom. */
static enum errcode
check_error(const struct answer *a, struct err *e)
{
	const struct param *error = &a->v[ERROR];
	char safe[ERROR_SHOWN];

	if (error->times == 0)
		return E_OK;
	if (CHECK(C_036) && a->v[CODE].times > 0)
		return err_set(e, E_CB, "cb.err", "the answer has a code and an error");
	if (error->fits && strcmp(error->value, "access_denied") == 0)
		return err_set(e, E_DENY, "cb.denied", "the request was denied (access_denied)");
	return err_set(e, E_CB, "cb.err", "the authorization endpoint answers error %s",
	    text_escape(safe, sizeof(safe), error->value, strlen(error->value)));
}

static enum errcode
check_code(const struct answer *a, struct err *e)
{
	const struct param *code = &a->v[CODE];
	size_t len = strlen(code->value);

	if (CHECK(C_035) && (code->times == 0 || len == 0))
		return err_set(e, E_CB, "cb.code", "the answer has neither a code nor an error");
	if (CHECK(C_035) &&
	    (!code->fits || len > CALLBACK_CODE_MAX || !text_is_ascii(code->value, len, true)))
		return err_set(e, E_CB, "cb.code",
		    "the code is longer than %d characters, or not of printable ones",
		    CALLBACK_CODE_MAX);
	return E_OK;
}

static enum errcode
check_jarm(const struct answer *a, struct err *e)
{
	if (CHECK(C_042) && a->v[RESPONSE].times > 0)
		return err_set(
		    e, E_CB, "cb.jarm", "the answer is a JWT (response=), which was not asked for");
	return E_OK;
}

static enum errcode
judge(const struct answer *a, const struct callback_expect *x, struct err *e)
{
	enum errcode r;

	if ((r = check_once(a, e)) != E_OK || (r = check_jarm(a, e)) != E_OK ||
	    (r = check_iss(a, x, e)) != E_OK || (r = check_error(a, e)) != E_OK)
		return r;
	return check_code(a, e);
}

/*
 * Without our state: worth a word if a code came, or if the state would be inside the JWT. An error
 * alone is not (Kanidm's denial has no state): anybody could have sent it.
 */
static enum callback_outcome
judge_foreign(const struct answer *a, struct err *e)
{
	if (check_jarm(a, e) != E_OK)
		return CALLBACK_FOREIGN;
	if (a->v[CODE].times == 0)
		return CALLBACK_STRAY;
	(void)err_set(
	    e, E_CB, "cb.state", "an answer came whose state is not this login's; it was not used");
	return CALLBACK_FOREIGN;
}

static enum callback_outcome
read_answer(struct callback *out, const char *query, size_t n, const struct callback_expect *x,
    struct err *e)
{
	struct answer a = { .ours = false };
	enum callback_outcome o = CALLBACK_STRAY;

	out->status = 400;
	if (take_query(&a, query, n, x->state)) {
		if (!a.ours) {
			o = judge_foreign(&a, e);
		} else {
			out->status = 200;
			o = judge(&a, x, e) == E_OK ? CALLBACK_CODE : CALLBACK_REFUSED;
		}
	}
	if (o == CALLBACK_CODE)
		memcpy(out->code, a.v[CODE].value, sizeof(out->code));
	explicit_bzero(&a, sizeof(a));
	return o;
}

/* Whether the request is for us at all: 0, or the status. C-031. */
static int
check_head(const struct reqhead *h, size_t path, const struct callback_expect *x)
{
	if (CHECK(C_031) &&
	    (h->host_len != strlen(x->authority) ||
	        memcmp(h->host, x->authority, h->host_len) != 0))
		return 400;
	if (CHECK(C_031) && (path != strlen(x->path) || memcmp(h->target, x->path, path) != 0))
		return 404;
	return CHECK(C_031) && !reqhead_method_is(h, "GET") ? 405 : 0;
}

enum callback_outcome
callback_read(
    struct callback *out, const void *p, size_t len, const struct callback_expect *x, struct err *e)
{
	struct reqhead h = { .len = 0 };
	size_t path = 0;

	*out = (struct callback){ .status = 0 };
	switch (reqhead_read(&h, p, len, &out->status)) {
	case REQHEAD_MORE:
		return CALLBACK_MORE;
	case REQHEAD_BAD:
		return CALLBACK_STRAY;
	case REQHEAD_DONE:
		break;
	}
	out->head = reqhead_method_is(&h, "HEAD");
	while (path < h.target_len && h.target[path] != '?')
		path++;
	if ((out->status = check_head(&h, path, x)) != 0)
		return CALLBACK_STRAY;
	return read_answer(out, h.target + path + (path < h.target_len),
	    h.target_len - path - (path < h.target_len), x, e);
}
