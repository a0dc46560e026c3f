/* The page at the verification address. */
#include "config.h"

#include "mock_idp/ep.h"

void
ep_consent(struct world *w, struct exchange *x)
{
	(void)w;
	msg_reply_text(&x->rep, 200, "text/html; charset=utf-8",
	    "<!doctype html>\n<html lang=\"en\">\n<title>latchkey-mock-idp</title>\n"
	    "<h1>Device authorization</h1>\n"
	    "<p>This provider is for tests. A code is approved over its control socket:</p>\n"
	    "<pre>latchkey-mock-idp ctl SOCKET approve CODE USER</pre>\n</html>\n");
}
