/* The person's way through the provider's pages. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "mock_idp/browser/jar.h"
#include "mock_idp/browser/markup.h"
#include "mock_idp/browser/person.h"
#include "mock_idp/browser/tell.h"
#include "mock_idp/browser/visit.h"
#include "mock_idp/browser/walk.h"

#define HOPS_MAX 20 /* as browsers have it */
#define FORM_MAX ((size_t)64 * 1024)

struct walk {
	const struct errand *a;
	SSL_CTX *tls;
	FILE *out;
	struct jar jar; /* of the origin of the errand's URL */
	struct person person;

	/* the request to make */
	struct loopurl at;
	bool post;
	struct buf *form;
};

/* The filled form becomes the next request. */
static enum errcode
submit(struct walk *w, const struct person_press *press, struct err *e)
{
	const struct pageform *f = &press->form;
	struct buf *url = buf_new(LOOPURL_MAX);
	struct loopurl to = { .target = NULL };
	const char *text = NULL;
	enum errcode r = url == NULL ? E_NOMEM : buf_puts(url, f->action);

	buf_reset(w->form);
	if (r == E_OK)
		r = pageform_put(f, press->name, press->value, w->form);
	if (r == E_OK && !f->post && (text = buf_cstr(w->form)) != NULL)
		r = buf_printf(url, "?%s", text);
	if (r == E_OK && (text = buf_cstr(url)) == NULL)
		r = E_NOMEM;
	if (r == E_OK && (r = loopurl_follow(&w->at, text, &to, e)) == E_OK) {
		loopurl_clear(&w->at);
		w->at = to;
		w->post = f->post;
	}
	buf_free(url);
	return r == E_OK ? E_OK : err_set(e, r, NULL, "the form cannot be sent: %s", err_name(r));
}

/* *more: there was something to do on the page, and the next request is ready. */
static enum errcode
act(struct walk *w, const struct answer *page, bool *more, struct err *e)
{
	struct person_press press;
	enum errcode r = E_OK;

	*more = person_act(&w->person, answer_text(page), &press);
	if (*more)
		r = submit(w, &press, e);
	pageform_clear(&press.form);
	return r;
}

/* A new request along a redirect; *landed: it leaves the provider. */
static enum errcode
follow(struct walk *w, const struct answer *a, bool *landed, struct err *e)
{
	struct loopurl to = { .target = NULL };
	enum errcode r;

	/* RFC 9700 section 4.12: these two would send what the person typed on to the client */
	if (w->post && (a->status == 307 || a->status == 308))
		return err_set(e, E_PROTO, NULL, "a %d behind a form", a->status);
	if ((r = loopurl_follow(&w->at, answer_header(a, "Location"), &to, e)) != E_OK)
		return r;
	*landed = !to.tls;
	loopurl_clear(&w->at);
	w->at = to;
	w->post = false;
	buf_reset(w->form);
	return E_OK;
}

static enum errcode
put_request(const struct walk *w, struct buf *b)
{
	char host[LOOPURL_AUTHORITY];
	enum errcode r;

	loopurl_authority(&w->at, host);
	r = buf_printf(b,
	    "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: Mozilla/5.0 (latchkey-mock-idp browser)\r\n"
	    "Accept: text/html\r\nConnection: close\r\n",
	    w->post ? "POST" : "GET", w->at.target, host);
	if (r == E_OK && loopurl_same_origin(&w->at, &w->a->url))
		r = jar_put(&w->jar, b);
	if (r == E_OK && w->post)
		r = buf_printf(b,
		    "Origin: https://%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		    "Content-Length: %zu\r\n",
		    host, buf_len(w->form));
	if (r == E_OK)
		r = buf_puts(b, "\r\n");
	return r == E_OK && w->post ? buf_put(b, buf_data(w->form), buf_len(w->form)) : r;
}

static json_t *
text_or_null(const char *s)
{
	return s == NULL ? json_null() : tell_bytes(s, strlen(s));
}

static void
tell_hop(const struct walk *w, const struct answer *a)
{
	struct buf *url = buf_new(LOOPURL_TARGET_MAX + LOOPURL_AUTHORITY);
	char *heading = markup_heading(answer_text(a));

	if (url != NULL && loopurl_put(&w->at, url) == E_OK)
		(void)tell_line(w->out,
		    json_pack("{s:s, s:s, s:s, s:o, s:i, s:o, s:o}", "hop", "provider", "method",
		        w->post ? "POST" : "GET", "url", buf_cstr(url), "form",
		        text_or_null(w->post ? buf_cstr(w->form) : NULL), "status", a->status,
		        "location", text_or_null(answer_header(a, "Location")), "heading",
		        text_or_null(heading)));
	free(heading);
	buf_free(url);
}

static enum errcode
ask(struct walk *w, struct answer *a, struct err *e)
{
	struct buf *b = buf_new(LOOPURL_TARGET_MAX + FORM_MAX + 8192);
	enum errcode r = b == NULL ? E_NOMEM : put_request(w, b);

	memset(a, 0, sizeof(*a));
	if (r == E_OK)
		r = visit_ask(&w->at, w->tls, b, false,
		    clock_boot_ms(&clock_system) + (int64_t)w->a->timeout * 1000, a, e);
	buf_free(b);
	if (r == E_OK) {
		tell_hop(w, a);
		if (loopurl_same_origin(&w->at, &w->a->url))
			r = jar_take(&w->jar, a);
	}
	return r == E_OK ? E_OK : err_set(e, r, NULL, "no page: %s", err_name(r));
}

static bool
is_redirect(const struct answer *a)
{
	static const int statuses[] = { 301, 302, 303, 307, 308 };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (a->status == statuses[i])
			return answer_header(a, "Location") != NULL;
	return false;
}

static enum errcode
go(struct walk *w, struct walk_end *end, struct err *e)
{
	for (int hops = 0; hops < HOPS_MAX; hops++) {
		bool landed = false, more = true;
		enum errcode r;

		answer_clear(&end->page);
		if ((r = ask(w, &end->page, e)) != E_OK)
			return r;
		r = is_redirect(&end->page) ? follow(w, &end->page, &landed, e)
		                            : act(w, &end->page, &more, e);
		if (r != E_OK)
			return r;
		if (landed) {
			end->redirect = w->at;
			memset(&w->at, 0, sizeof(w->at));
		}
		if (landed || !more)
			return E_OK;
	}
	return err_set(e, E_LIMIT, NULL, "more than %d pages and redirects", HOPS_MAX);
}

enum errcode
walk_run(const struct errand *a, SSL_CTX *tls, FILE *out, struct walk_end *end, struct err *e)
{
	struct walk w = { .a = a,
		.tls = tls,
		.out = out,
		.at = a->url,
		.person = { .name = a->user, .code = a->user_code, .deny = a->deny } };
	enum errcode r;

	memset(end, 0, sizeof(*end));
	w.form = buf_new(FORM_MAX);
	w.at.target = strdup(a->url.target);
	r = w.form == NULL || w.at.target == NULL ? err_set(e, E_NOMEM, NULL, "out of memory")
	                                          : go(&w, end, e);
	end->decided = w.person.decided;
	jar_clear(&w.jar);
	loopurl_clear(&w.at);
	buf_free(w.form);
	return r;
}

void
walk_clear(struct walk_end *end)
{
	loopurl_clear(&end->redirect);
	answer_clear(&end->page);
}
