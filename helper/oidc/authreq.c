/* The authorization request. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "common/url.h"
#include "helper/oidc/authreq.h"

bool
authreq_state(char state[AUTHREQ_STATE_SIZE])
{
	uint8_t random[32];

	_Static_assert(AUTHREQ_STATE_SIZE == B64URL_ENCODED(sizeof(random)) + 1, "it fits");
	if (!secmem_random(random, sizeof(random)))
		return false;
	b64url_encode(state, random, sizeof(random));
	explicit_bzero(random, sizeof(random));
	return true;
}

enum errcode
authreq_put(struct buf *params, const struct authreq *a)
{
	char age[16] = "";
	const char *const rows[][2] = {
		{ "response_type", "code" },
		{ "redirect_uri", a->redirect_uri },
		{ "scope", a->scopes },
		{ "state", a->state },
		{ "nonce", a->nonce },
		{ "code_challenge", a->challenge },
		{ "code_challenge_method", "S256" },
		{ "max_age", age },
		{ "acr_values", a->acr_values },
		{ "login_hint", a->login_hint },
	};
	enum errcode r = E_OK;

	if (a->max_age > 0)
		(void)snprintf(age, sizeof(age), "%u", a->max_age);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && r == E_OK; i++)
		if (rows[i][1][0] != '\0')
			r = url_put_param(params, rows[i][0], rows[i][1]);
	return r;
}

enum errcode
authreq_url(struct buf *url, const char *endpoint, const struct buf *params)
{
	const char *query = strchr(endpoint, '?');
	size_t len = strlen(endpoint);
	enum errcode r = buf_puts(url, endpoint);

	if (r == E_OK && query == NULL)
		r = buf_puts(url, "?");
	else if (r == E_OK && query[1] != '\0' && endpoint[len - 1] != '&')
		r = buf_puts(url, "&");
	return r == E_OK ? buf_put(url, buf_data(params), buf_len(params)) : r;
}
