/* The words that a person sees: the monitor's own, in ASCII; what comes from outside stands in them
 * escaped. */
#ifndef HELPER_SCREEN_H
#define HELPER_SCREEN_H

#include "common/err.h"
#include "proto/msg.h"

/* What the screen is about; borrowed. */
struct screen {
	const char *host, *service, *account, *provider;
	const char *uri, *uri_complete, *user_code; /* uri_complete "" when there is none */
	const char *url;  /* in place of these: what a browser on this machine opens; NULL: none */
	unsigned seconds; /* left to approve */
};

/* One self-contained text: who signs in where, URL, code, and the prompt line when enter is set.
 * Fresh memory. */
char *screen_code(const struct screen *s, bool enter);

/* The same for a browser on this machine. */
char *screen_browser(const struct screen *s, bool enter);

/* "Not approved yet; press Enter again: " */
const char *screen_again(void);

/* A short sentence with the login id for each way to fail; NULL where the person needs none
 * (exempt). Fresh memory. */
char *screen_failure(enum msg_verdict v, enum errcode code, const char *login_id);

#endif
