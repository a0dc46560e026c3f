/* What answers where nobody may ever go. */
#include "config.h"

#include "mock_idp/wire/evil.h"

static void
record(struct world *w, struct exchange *x)
{
	msg_violation(x, "evil", x->listener);
	journal_record(&w->journal, x, x->arrived_us - w->start_us);
}

void
evil_answer(struct world *w, struct exchange *x, int bad)
{
	(void)bad;
	msg_reply_text(&x->rep, 200, "text/plain; charset=utf-8", "Nobody should be here.\n");
	x->rep.close = true;
	record(w, x);
}

void
evil_contact(struct world *w, struct exchange *x)
{
	record(w, x);
}
