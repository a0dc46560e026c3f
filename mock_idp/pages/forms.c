/* What a person sees. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/pages/forms.h"

#define WORD_MAX 128

static void
put_hidden(struct html *h, const struct session *s, const struct subject *about)
{
	char token[SESSIONS_CSRF_SIZE];

	sessions_csrf(s, about->path, about->value, token);
	html_put(h,
	    "<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n"
	    "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n",
	    token, about->name, about->value);
}

static void
put_wrong(struct html *h, const char *wrong)
{
	if (wrong != NULL)
		html_put(h, "<p class=\"wrong\" role=\"alert\">%s</p>\n", wrong);
}

static void
put_person(struct html *h, const struct session *s, const struct subject *about)
{
	html_put(h,
	    "<form class=\"person\" method=\"post\" action=\"%s\">\n"
	    "<p>Signed in as <b>%s</b></p>\n",
	    about->path, s->username);
	put_hidden(h, s, about);
	html_put(h, "<button name=\"do\" value=\"sign-out\">Not you? Sign out</button>\n</form>\n");
}

void
forms_sign_in(const struct world *w, struct exchange *x, const struct session *s,
    const struct subject *about, const char *wrong)
{
	bool alice = people_present(&w->people, "alice") != NULL;
	struct html h;

	html_begin(&h, "Sign in");
	html_put(&h, "<h1>Sign in</h1>\n<p class=\"soft\">Next, you decide about the login.</p>\n");
	put_wrong(&h, wrong);
	html_put(&h, "<form method=\"post\" action=\"%s\">\n", about->path);
	put_hidden(&h, s, about);
	html_put(&h,
	    "<label for=\"username\">User name</label>\n"
	    "<input id=\"username\" name=\"username\" autocomplete=\"off\" autocapitalize=\"none\" "
	    "autocorrect=\"off\" spellcheck=\"false\" required autofocus>\n"
	    "<label for=\"password\">Password</label>\n"
	    "<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"off\" "
	    "required>\n"
	    "<p class=\"tell\">Each user’s password is the user name itself.%s</p>\n"
	    "<button class=\"main single\" name=\"do\" value=\"sign-in\">Sign in</button>\n"
	    "</form>\n</div>\n",
	    alice ? " Try alice, with the password alice." : "");
	html_send(&h, x, wrong == NULL ? 200 : 403);
}

void
forms_code(
    struct exchange *x, const struct session *s, const struct subject *about, const char *wrong)
{
	struct html h;

	html_begin(&h, "Enter the code");
	html_put(&h,
	    "<h1>Enter the code</h1>\n"
	    "<p class=\"soft\">It stands on the terminal where you want to log in.</p>\n");
	put_wrong(&h, wrong);
	html_put(&h,
	    "<form method=\"get\" action=\"%s\">\n<label for=\"%s\">Code</label>\n"
	    "<input class=\"code\" id=\"%s\" name=\"%s\" value=\"%s\" autocomplete=\"off\" "
	    "autocapitalize=\"characters\" autocorrect=\"off\" spellcheck=\"false\" "
	    "aria-describedby=\"hint\" required autofocus>\n"
	    "<p class=\"hint\" id=\"hint\">Eight capital letters, just as they are shown.</p>\n"
	    "<button class=\"main single\">Continue</button>\n</form>\n</div>\n",
	    about->path, about->name, about->name, about->name, about->value);
	put_person(&h, s, about);
	html_send(&h, x, wrong == NULL ? 200 : 404);
}

static const char *
meaning(const char *scope)
{
	static const char *const known[][2] = {
		{ "openid", "Who you are" },
		{ "profile", "Your name and user name" },
		{ "email", "Your e-mail address" },
		{ "groups", "The groups you are in" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i][0], scope) == 0)
			return known[i][1];
	return "Something else";
}

static void
put_scopes(struct html *h, const char *scope)
{
	char word[WORD_MAX];

	html_put(h, "<h2>It will learn</h2>\n<ul>\n");
	while (*scope != '\0') {
		size_t n = strcspn(scope, " ");

		(void)snprintf(word, sizeof(word), "%.*s", (int)n, scope);
		html_put(h, "<li>%s <code>%s</code></li>\n", meaning(word), word);
		scope += n;
		scope += strspn(scope, " ");
	}
	html_put(h, "</ul>\n");
}

/* The host alone: a path says nothing to a person. */
static void
put_way_back(struct html *h, const char *uri)
{
	const char *host = strstr(uri, "//");
	char text[WORD_MAX];

	host = host == NULL ? uri : host + 2;
	(void)snprintf(text, sizeof(text), "%.*s", (int)strcspn(host, "/?"), host);
	html_put(h, "<p class=\"big\"><span>You go back to</span> <b>%s</b></p>\n", text);
}

/* RFC 8628 section 5.4: who approves must be able to see that it is their own login. */
void
forms_decide(struct exchange *x, const struct session *s, const struct subject *about,
    const struct question *q)
{
	struct html h;

	html_begin(&h, "Approve this login?");
	html_put(&h,
	    "<h1>Approve this login?</h1>\n<p class=\"soft\"><b>%s</b> wants to know that "
	    "it is you.</p>\n",
	    q->client_id);
	if (q->user_code != NULL)
		html_put(&h,
		    "<p class=\"big\"><span>Your terminal must show</span> <code>%s</code></p>\n",
		    q->user_code);
	if (q->redirect_uri != NULL)
		put_way_back(&h, q->redirect_uri);
	if (*q->scope != '\0')
		put_scopes(&h, q->scope);
	html_put(&h,
	    "<p class=\"tell\">Did you not start this login yourself, just now? Then deny "
	    "it.</p>\n<form method=\"post\" action=\"%s\">\n",
	    about->path);
	put_hidden(&h, s, about);
	html_put(&h,
	    "<div class=\"pair\">\n"
	    "<button class=\"main\" name=\"do\" value=\"approve\">Approve</button>\n"
	    "<button name=\"do\" value=\"deny\">Deny</button>\n</div>\n</form>\n"
	    "</div>\n");
	put_person(&h, s, about);
	html_send(&h, x, 200);
}

void
forms_result(struct exchange *x, int status, bool good, const char *title, const char *text)
{
	struct html h;

	html_begin(&h, title);
	html_put(&h,
	    good ? "<div class=\"result\">\n<p class=\"mark yes\" aria-hidden=\"true\">✓</p>\n"
	         : "<div class=\"result\">\n<p class=\"mark no\" aria-hidden=\"true\">×</p>\n");
	html_put(&h, "<h1>%s</h1>\n<p class=\"soft\">%s</p>\n</div>\n</div>\n", title, text);
	html_send(&h, x, status);
}
