/* The words that a person sees. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "helper/screen.h"

#define WORD_MAX 80 /* of a host, service, account or provider name */

/* Who signs in where, and what nobody should do for others (C-162). Fresh memory. */
static char *
first_line(const struct screen *s)
{
	const char *in[4] = { s->host, s->service, s->account, s->provider };
	char safe[4][WORD_MAX], *text = NULL;

	for (size_t i = 0; i < 4; i++)
		(void)text_escape(safe[i], WORD_MAX, in[i], strlen(in[i]));
	return asprintf(&text,
	           "Sign in to %s (%s) as %s with %s. Continue only if you started this yourself.",
	           safe[0], safe[1], safe[2], safe[3]) < 0
	    ? NULL
	    : text;
}

char *
screen_browser(const struct screen *s, bool enter)
{
	char *first = first_line(s), *text = NULL;

	if (first != NULL &&
	    asprintf(&text, "%s\nOpen this in a browser on this computer (%u s left):\n  %s%s",
	        first, s->seconds, s->url,
	        enter ? "\nPress Enter when you have signed in there: " : "") < 0)
		text = NULL;
	free(first);
	return text;
}

char *
screen_code(const struct screen *s, bool enter)
{
	char *first = first_line(s), *text = NULL;
	int n;

	if (first == NULL)
		return NULL;
	n = asprintf(&text,
	    "%s\n"
	    "  Open   %s\n"
	    "  Code   %s\n"
	    "%s%s%s"
	    "%s",
	    first, s->uri, s->user_code, s->uri_complete[0] != '\0' ? "  or     " : "",
	    s->uri_complete, s->uri_complete[0] != '\0' ? "\n" : "",
	    enter ? "Press Enter when you have approved it" : "");
	free(first);
	if (n < 0)
		return NULL;
	if (enter) {
		char *whole = NULL;

		if (asprintf(&whole, "%s (%u s left): ", text, s->seconds) < 0)
			whole = NULL;
		free(text);
		return whole;
	}
	text[strlen(text) - 1] = '\0'; /* hosts add the newline of an info text themselves */
	return text;
}

const char *
screen_again(void)
{
	return "Not approved yet; press Enter again: ";
}

static const char *
sentence(enum msg_verdict v, enum errcode code)
{
	switch (v) {
	case MSG_ALLOW:
	case MSG_IGNORE:
	case MSG_CANCELLED:
		return NULL;
	case MSG_USER_UNKNOWN:
	case MSG_REFUSED:
		return code == E_EXP ? "The sign-in was not approved in time"
		                     : "The sign-in was refused";
	case MSG_FORBIDDEN:
		return "You are signed in, but not allowed to log in here";
	case MSG_UNAVAILABLE:
		return code == E_CFG
		    ? "Sign-in is not set up correctly on this host; ask its administrator"
		    : "The identity provider cannot be used right now";
	case MSG_SYSTEM:
		return "This host cannot sign you in right now";
	case MSG_TOO_OFTEN:
		return "Too many sign-ins; try again later";
	}
	return NULL;
}

char *
screen_failure(enum msg_verdict v, enum errcode code, const char *login_id)
{
	const char *s = sentence(v, code);
	char *text = NULL;

	if (s == NULL || asprintf(&text, "%s (login %s).", s, login_id) < 0)
		return NULL;
	return text;
}
