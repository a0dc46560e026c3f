/* What the steps of a walk share. */
#ifndef TESTS_SUPPORT_IDP_STEPS_H
#define TESTS_SUPPORT_IDP_STEPS_H

#include <curl/curl.h>

#include "tests/support/idp/process.h"

#define STEPS_NONCE "a-Nonce-of-thE-test-0123456789"
#define STEPS_STATE "a-State-of-thE-test-0123456789"
#define STEPS_REDIRECT "http://127.0.0.1:49152/callback"

struct walk {
	const struct process *p;
	const json_t *shows;
	const char *client;
	bool loopback;
	CURL *curl;
	json_t *known; /* for placeholders */
	json_t *seen;  /* {endpoint: [request ...]} */
	json_t *metadata, *jwks;
};

/* How often the facts name an endpoint, 0: never; and whether one of them there is of this name. */
size_t steps_times(const struct walk *w, const char *ep);
bool steps_asks(const struct walk *w, const char *ep, const char *fact);

/* Each writes down what it saw. */
void steps_connection(struct walk *w, const char *ep, const char *path);
void steps_discovery(struct walk *w);
void steps_jwks(struct walk *w);
void steps_device(struct walk *w);
void steps_authorization(struct walk *w);
void steps_token(struct walk *w, bool refresh);
void steps_jwks_later(struct walk *w);
void steps_userinfo(struct walk *w);
void steps_revocation(struct walk *w);

#endif
