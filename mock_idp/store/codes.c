/* Device codes: what was asked, what became of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/store/codes.h"

static void
code_free(struct code *c)
{
	if (c == NULL)
		return;
	free(c->client_id);
	free(c->scope);
	free(c->nonce);
	free(c->username);
	free(c->challenge);
	secmem_freestr(c->answer);
	secmem_free(c, sizeof(*c));
}

/* The device code, and the user code that a person types. */
static bool
draw_codes(struct code *c, const struct ids *ids, const struct ids_form *form)
{
	const char *prefix = form->prefix == NULL ? "" : form->prefix;

	if (form->repeated)
		return ids_user_code(ids, form, c->user) && ids_opaque(ids, c->user, c->device);
	return ids_opaque(ids, prefix, c->device) && ids_user_code(ids, form, c->user);
}

static const struct ids_form *
form_of(const struct codes *codes)
{
	return codes->form == NULL ? &ids_form_default : codes->form;
}

static struct code *
code_make(const struct ids *ids, const struct ids_form *form, const char *client_id,
    const char *scope, const char *nonce)
{
	struct code *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->client_id = strdup(client_id);
	c->scope = strdup(scope);
	c->nonce = nonce == NULL ? NULL : strdup(nonce);
	if (c->client_id != NULL && c->scope != NULL && (nonce == NULL || c->nonce != NULL) &&
	    draw_codes(c, ids, form))
		return c;
	code_free(c);
	return NULL;
}

struct code *
codes_new(struct codes *codes, const struct ids *ids, const char *client_id, const char *scope,
    const char *nonce)
{
	struct code *c = code_make(ids, form_of(codes), client_id, scope, nonce), **v;

	if (c == NULL)
		return NULL;
	if (codes->n >= CODES_MAX) {
		code_free(codes->v[0]);
		memmove(codes->v, codes->v + 1, --codes->n * sizeof(struct code *));
	}
	if ((v = reallocarray(codes->v, codes->n + 1, sizeof(*v))) == NULL) {
		code_free(c);
		return NULL;
	}
	codes->v = v;
	v[codes->n++] = c;
	return c;
}

void
codes_clear(struct codes *codes)
{
	for (size_t i = 0; i < codes->n; i++)
		code_free(codes->v[i]);
	free(codes->v);
	codes->v = NULL;
	codes->n = 0;
}

struct code *
codes_by_device(const struct codes *codes, const char *device)
{
	for (size_t i = 0; i < codes->n; i++)
		if (strcmp(codes->v[i]->device, device) == 0)
			return codes->v[i];
	return NULL;
}

struct code *
codes_by_user(const struct codes *codes, const char *user)
{
	for (size_t i = 0; i < codes->n; i++)
		if (ids_same_code(form_of(codes), codes->v[i]->user, user))
			return codes->v[i];
	return NULL;
}

struct code *
codes_last(const struct codes *codes, unsigned states, int64_t now)
{
	for (size_t i = codes->n; i > 0; i--) {
		struct code *c = codes->v[i - 1];

		if ((states & 1U << c->state) != 0 && now < c->expires)
			return c;
	}
	return NULL;
}

enum errcode
codes_approve(struct code *c, const char *username, int64_t wall)
{
	char *copy = strdup(username);

	if (copy == NULL)
		return E_NOMEM;
	free(c->username);
	c->username = copy;
	c->auth_time = wall;
	c->state = CODE_APPROVED;
	return E_OK;
}
