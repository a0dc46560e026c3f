/* One request, its reply, and what was wrong with the request. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/secmem.h"
#include "mock_idp/msg.h"

bool
msg_init(struct exchange *x)
{
	memset(x, 0, sizeof(*x));
	return (x->violations = json_array()) != NULL;
}

bool
msg_is_form(const struct request *req)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *type = pairs_get(&req->headers, "content-type");
	size_t n = type == NULL ? 0 : strcspn(type, "; \t");

	return n == sizeof(form) - 1 && strncasecmp(type, form, n) == 0;
}

static void
reply_clear(struct reply *rep)
{
	pairs_clear(&rep->headers);
	buf_free(rep->body);
	rep->body = NULL;
}

void
msg_clear(struct exchange *x)
{
	secmem_freestr(x->req.target);
	secmem_freestr(x->req.path);
	pairs_clear(&x->req.headers);
	pairs_clear(&x->req.query);
	pairs_clear(&x->req.form);
	reply_clear(&x->rep);
	json_decref(x->violations);
	json_decref(x->by.known);
	memset(x, 0, sizeof(*x));
}

void
msg_violation(struct exchange *x, const char *id, const char *detail)
{
	json_t *v = detail == NULL ? json_string(id) : json_sprintf("%s:%s", id, detail);

	/* a detail that is no UTF-8 is left out, not the violation */
	if (v == NULL)
		v = json_string(id);
	(void)json_array_append_new(x->violations, v);
}

void
msg_known(struct exchange *x, const char *name, const char *value)
{
	if (value == NULL || (x->by.known == NULL && (x->by.known = json_object()) == NULL))
		return;
	/* what is no UTF-8 stays unknown */
	(void)json_object_set_new(x->by.known, name, json_string(value));
}

void
msg_reply_header(struct reply *rep, const char *name, const char *value)
{
	if (pairs_add(&rep->headers, name, value) != E_OK)
		rep->status = 500;
}

void
msg_reply_text(struct reply *rep, int status, const char *type, const char *text)
{
	reply_clear(rep);
	rep->status = status;
	msg_reply_header(rep, "Content-Type", type);
	if ((rep->body = buf_new(MSG_REPLY_MAX)) == NULL || buf_puts(rep->body, text) != E_OK)
		rep->status = 500;
}

void
msg_reply_empty(struct reply *rep, int status)
{
	reply_clear(rep);
	rep->status = status;
}

void
msg_reply_json(struct reply *rep, int status, const json_t *body)
{
	char *text = body == NULL ? NULL : json_dumps(body, JSON_COMPACT);

	msg_reply_text(rep, text == NULL ? 500 : status, MSG_JSON, text == NULL ? "{}" : text);
	if (rep->body != NULL && buf_puts(rep->body, "\n") != E_OK)
		rep->status = 500;
	secmem_freestr(text);
}

void
msg_reply_redirect(struct reply *rep, int status, const char *location)
{
	msg_reply_text(rep, status, "text/plain; charset=utf-8", "See Location");
	msg_reply_header(rep, "Location", location);
}
