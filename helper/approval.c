/* Waiting for the person. */
#include "config.h"

#include <stdlib.h>

#include "helper/approval.h"

#define GRACE_MS 5000 /* what a helper may be late before its module calls it mute */

static uint32_t
patience(const struct approval *a)
{
	return (uint32_t)clock_left(a->session->clock, a->latest) + GRACE_MS;
}

static enum errcode
show(const struct approval *a, bool *junk, struct err *e)
{
	struct screen s = a->screen;
	enum errcode r;
	char *text;

	s.seconds = ((unsigned)clock_left(a->session->clock, a->deadline) + 999) / 1000;
	text = s.url != NULL ? screen_browser(&s, a->enter) : screen_code(&s, a->enter);
	if (text == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for the screen");
	if (a->enter)
		r = session_prompt(a->session, text, patience(a), a->deadline, junk, e);
	else
		r = session_text(a->session, a->kind, text, patience(a), e);
	free(text);
	return r;
}

/* In Enter mode each round ends with a prompt, so that the host keeps watching its client. */
static enum errcode
rounds(const struct approval *a, bool junk, struct err *e)
{
	bool done = false, once;
	enum errcode r = E_OK;

	while (r == E_OK) {
		/* answers that are there already must not outrun the clock */
		if (clock_left(a->session->clock, a->deadline) == 0)
			return err_set(
			    e, E_EXP, "dev.expired", "not approved within the time limit");
		r = junk && a->ask_junk != NULL ? a->ask_junk(a->arg, &done, e)
		                                : a->ask(a->arg, &done, e);
		if (r != E_OK || done)
			return r;
		if (!a->enter)
			continue;
		r = session_prompt(a->session, screen_again(), patience(a), a->deadline, &once, e);
		junk = junk || (r == E_OK && once);
	}
	return r;
}

enum errcode
approval_wait(const struct approval *a, struct err *e)
{
	bool junk = false;
	enum errcode r = show(a, &junk, e);

	if (r == E_OK)
		r = rounds(a, junk, e);
	return r == E_TIMEOUT ? E_EXP : r;
}
