/* The pages' icon: a key. */
#include "config.h"

#include "mock_idp/ep/ep.h"

void
ep_icon(struct world *w, struct exchange *x)
{
	(void)w;
	msg_reply_text(&x->rep, 200, "image/svg+xml",
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">"
	    "<rect width=\"32\" height=\"32\" rx=\"9\" fill=\"#1f4fd1\"/>"
	    "<g fill=\"none\" stroke=\"#fff\" stroke-width=\"2.75\" stroke-linecap=\"round\" "
	    "stroke-linejoin=\"round\"><circle cx=\"11.5\" cy=\"20.5\" r=\"4.75\"/>"
	    "<path d=\"M15 17l9-9m-4 4l3.25 3.25M17 15l2 2\"/></g></svg>\n");
}
