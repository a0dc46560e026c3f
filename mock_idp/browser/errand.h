/* What the browser is sent out for: its command line. */
#ifndef MOCK_IDP_BROWSER_ERRAND_H
#define MOCK_IDP_BROWSER_ERRAND_H

#include "mock_idp/browser/loopurl.h"
#include "mock_idp/browser/rawquery.h"
#include "mock_idp/browser/shape.h"

#define ERRAND_CHANGES_MAX 32

struct errand {
	struct loopurl url; /* https */

	/* at the provider */
	const char *user;      /* the password is the same */
	const char *user_code; /* typed where the page asks for one; NULL: nothing */
	const char *ca;        /* file; NULL: anybody is trusted */
	bool insecure, deny;
	size_t timeout; /* seconds for each answer */

	/* at the loopback redirect */
	bool never;
	size_t junk;           /* requests before the one that matters */
	const char *junk_kind; /* NULL: mixed */
	size_t idle;           /* connections that say nothing */
	size_t parallel;       /* times the request goes out at once, 1 or more */
	size_t slow;           /* ms between two bytes */
	bool then_good, twice;
	struct shape shape;
	struct rawquery_change changes[ERRAND_CHANGES_MAX];
	size_t nchanges;

	bool help;
};

extern const char errand_usage[];

/* The words behind "browser". E_CFG says which one is wrong; strings point into words. */
enum errcode errand_parse(struct errand *out, int n, char *const words[], struct err *e)
    __attribute__((warn_unused_result));
void errand_clear(struct errand *a);

#endif
