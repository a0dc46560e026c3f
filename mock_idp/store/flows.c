/* Authorization requests, from the question to the code's exchange. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/store/flows.h"

void
flows_clear_params(struct flow_params *p)
{
	free(p->client_id);
	free(p->redirect_uri);
	free(p->scope);
	free(p->state);
	free(p->nonce);
	free(p->challenge);
	memset(p, 0, sizeof(*p));
}

static void
flow_free(struct flow *f)
{
	if (f == NULL)
		return;
	flows_clear_params(&f->p);
	free(f->username);
	json_decref(f->redirect);
	secmem_free(f, sizeof(*f));
}

struct flow *
flows_new(struct flows *flows, const struct ids *ids, struct flow_params *p, int64_t now)
{
	struct flow *f = calloc(1, sizeof(*f)), **v;

	if (f == NULL) {
		flows_clear_params(p);
		return NULL;
	}
	f->p = *p;
	memset(p, 0, sizeof(*p));
	f->expires = now + FLOWS_LIFE_MS;
	f->auth_from = INT64_MIN;
	if (flows->n >= FLOWS_MAX) {
		flow_free(flows->v[0]);
		memmove(flows->v, flows->v + 1, --flows->n * sizeof(struct flow *));
	}
	if (!ids_uuid(ids, f->id) ||
	    (v = reallocarray(flows->v, flows->n + 1, sizeof(*v))) == NULL) {
		flow_free(f);
		return NULL;
	}
	flows->v = v;
	v[flows->n++] = f;
	return f;
}

void
flows_forget(struct flows *flows, struct flow *f)
{
	for (size_t i = 0; i < flows->n; i++)
		if (flows->v[i] == f) {
			flow_free(f);
			flows->n--;
			memmove(
			    &flows->v[i], &flows->v[i + 1], (flows->n - i) * sizeof(struct flow *));
			return;
		}
}

void
flows_clear(struct flows *flows)
{
	for (size_t i = 0; i < flows->n; i++)
		flow_free(flows->v[i]);
	free(flows->v);
	flows->v = NULL;
	flows->n = 0;
}

struct flow *
flows_by_id(const struct flows *flows, const char *id)
{
	for (size_t i = 0; i < flows->n; i++)
		if (strcmp(flows->v[i]->id, id) == 0)
			return flows->v[i];
	return NULL;
}

struct flow *
flows_by_code(const struct flows *flows, const char *code)
{
	for (size_t i = 0; i < flows->n; i++)
		/* before the approval the code is empty, and so may be what a client sends */
		if (flows->v[i]->code[0] != '\0' && strcmp(flows->v[i]->code, code) == 0)
			return flows->v[i];
	return NULL;
}

enum errcode
flows_approve(
    struct flow *f, const struct ids *ids, const char *username, int64_t auth_time, int64_t now)
{
	char *copy = strdup(username);

	if (copy == NULL)
		return E_NOMEM;
	if (!ids_opaque(ids, "authelia_ac_", f->code)) {
		free(copy);
		return E_SYS;
	}
	free(f->username);
	f->username = copy;
	f->auth_time = auth_time;
	f->expires = now + FLOWS_CODE_LIFE_MS;
	f->state = FLOW_CODE;
	return E_OK;
}
