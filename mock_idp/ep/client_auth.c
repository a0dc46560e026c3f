/* Client authentication, strictly. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

#include "common/secmem.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/form.h"

#define BASIC_MAX 1024 /* characters of base64 */

struct claimed {
	char *id;     /* from Basic, NULL: no Basic */
	char *secret; /* idem */
};

/* "id:secret", each form-encoded, in padded base64. */
static bool
parse_basic(const char *text, struct claimed *c)
{
	unsigned char raw[BASIC_MAX];
	size_t len = strlen(text), pad = 0;
	const char *colon;
	int n;

	if (len == 0 || len % 4 != 0 || len > BASIC_MAX)
		return false;
	while (pad < 2 && text[len - 1 - pad] == '=')
		pad++;
	if ((n = EVP_DecodeBlock(raw, (const unsigned char *)text, (int)len)) < (int)pad)
		return false;
	len = (size_t)n - pad;
	if ((colon = memchr(raw, ':', len)) != NULL) {
		const char *start = (const char *)raw;
		size_t idlen = (size_t)(colon - start);

		c->id = form_decode(start, idlen);
		c->secret = form_decode(colon + 1, len - idlen - 1);
	}
	explicit_bzero(raw, sizeof(raw));
	return c->id != NULL && c->secret != NULL;
}

/* The reason why method and secret do not fit the client, NULL when they do. */
static const char *
mismatch(const struct client *c, enum auth_method used, const char *secret)
{
	if (c == NULL)
		return "unknown_client";
	if (c->method != used)
		return "method";
	if (used != AUTH_NONE &&
	    (strlen(secret) != strlen(c->secret) ||
	        !secmem_equal(secret, c->secret, strlen(c->secret))))
		return "secret";
	return NULL;
}

static const char *
judge(const struct people *p, const struct request *req, const struct claimed *basic,
    const struct client **out)
{
	const char *id = pairs_get(&req->form, "client_id"),
	           *post = pairs_get(&req->form, "client_secret");
	enum auth_method used = AUTH_NONE;

	if (post != NULL && *post != '\0')
		used = AUTH_POST;
	if (basic->id != NULL) {
		if (used == AUTH_POST)
			return "two_methods";
		if (id != NULL && strcmp(id, basic->id) != 0)
			return "two_ids";
		used = AUTH_BASIC;
		id = basic->id;
	}
	if (id == NULL)
		return "no_client_id";
	*out = people_client(p, id);
	return mismatch(*out, used, used == AUTH_BASIC ? basic->secret : post);
}

const struct client *
client_auth(struct world *w, struct exchange *x)
{
	static const char scheme[] = "Basic ";
	const char *header = pairs_get(&x->req.headers, "authorization"), *why = NULL;
	const struct client *c = NULL;
	struct claimed basic = { NULL, NULL };

	if (header != NULL &&
	    (strncasecmp(header, scheme, sizeof(scheme) - 1) != 0 ||
	        !parse_basic(header + sizeof(scheme) - 1, &basic)))
		why = "authorization_header";
	if (why == NULL)
		why = judge(&w->people, &x->req, &basic, &c);
	if (why != NULL)
		msg_violation(x, "client_auth", why);
	secmem_freestr(basic.id);
	secmem_freestr(basic.secret);
	return why == NULL ? c : NULL;
}
