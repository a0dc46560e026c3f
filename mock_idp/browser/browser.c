/* The person and the browser. */
#include "config.h"

#include <signal.h>

#include "mock_idp/browser/browser.h"
#include "mock_idp/browser/errand.h"
#include "mock_idp/browser/landing.h"
#include "mock_idp/browser/tell.h"
#include "mock_idp/browser/walk.h"

static bool
tell_way(const struct loopurl *u, FILE *out)
{
	struct buf *b = buf_new(LOOPURL_TARGET_MAX + LOOPURL_AUTHORITY);
	bool ok = b != NULL && loopurl_put(u, b) == E_OK &&
	    tell_line(out, json_pack("{s:b, s:s}", "ok", 1, "location", buf_cstr(b)));

	buf_free(b);
	return ok;
}

/* A page is a good end when it follows a decision and is no error. */
static bool
end_at_page(const struct walk_end *end, FILE *out)
{
	bool ok = end->decided && end->page.status == 200;

	return tell_answer(out, ok, &end->page) && ok;
}

static bool
go(const struct errand *a, FILE *out)
{
	struct err e = { .code = E_OK };
	struct walk_end end = { .decided = false };
	SSL_CTX *tls = NULL;
	bool ok = false;

	if (peer_trust(a->ca, &tls, &e) != E_OK || walk_run(a, tls, out, &end, &e) != E_OK)
		(void)tell_failure(out, &e);
	else if (end.redirect.target == NULL)
		ok = end_at_page(&end, out);
	else
		ok = a->never ? tell_way(&end.redirect, out) : landing_run(a, &end.redirect, out);
	walk_clear(&end);
	SSL_CTX_free(tls);
	return ok;
}

int
browser_run(int nwords, char *const words[], FILE *out)
{
	struct err e = { .code = E_OK };
	struct errand a;
	int status;

	if (errand_parse(&a, nwords, words, &e) != E_OK) {
		(void)fprintf(stderr, "latchkey-mock-idp: %s\n%s", e.text, errand_usage);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	if (a.help)
		status = fputs(errand_usage, out) >= 0 ? 0 : 1;
	else
		status = go(&a, out) ? 0 : 1;
	errand_clear(&a);
	return status;
}
