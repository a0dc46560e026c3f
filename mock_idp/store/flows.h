/* Authorization requests, from the question to the code's exchange. RFC 6749 section 4.1. */
#ifndef MOCK_IDP_STORE_FLOWS_H
#define MOCK_IDP_STORE_FLOWS_H

#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "common/err.h"
#include "mock_idp/ids.h"

#define FLOWS_MAX 1000           /* the oldest makes room */
#define FLOWS_LIFE_MS 600000     /* for the decision */
#define FLOWS_CODE_LIFE_MS 60000 /* Authelia's minute, for the exchange */

enum flow_state { FLOW_ASKED, FLOW_DENIED, FLOW_CODE, FLOW_USED };

/* What was asked; strings are owned by the flow. */
struct flow_params {
	char *client_id, *redirect_uri, *scope, *state;
	char *nonce;     /* NULL: none */
	char *challenge; /* S256; NULL: none */
};

struct flow {
	char id[IDS_UUID_SIZE];
	struct flow_params p;
	enum flow_state state;
	int64_t auth_from; /* ms: a sign-in before that does not count */
	int64_t expires;   /* ms: of the question, then of the code */
	char code[IDS_OPAQUE_SIZE];
	char *username; /* who approved it */
	int64_t auth_time;
	uint64_t family; /* of what the code was exchanged for; store/grants.h */
	json_t *redirect; /* what a script makes of the way back, or NULL */
};

struct flows {
	struct flow **v; /* oldest first */
	size_t n;
};

/* A fresh flow, owned by flows; the strings of p are taken over, also on failure (NULL). */
struct flow *flows_new(
    struct flows *flows, const struct ids *ids, struct flow_params *p, int64_t now);
void flows_clear(struct flows *flows);
void flows_clear_params(struct flow_params *p);

/* As if it had never been. */
void flows_forget(struct flows *flows, struct flow *f);

struct flow *flows_by_id(const struct flows *flows, const char *id);
struct flow *flows_by_code(const struct flows *flows, const char *code);

/* Asked to code, which is fresh; E_NOMEM, E_SYS. */
enum errcode flows_approve(struct flow *f, const struct ids *ids, const char *username,
    int64_t auth_time, int64_t now) __attribute__((warn_unused_result));

#endif
