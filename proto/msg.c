/* The messages of [A] as packets and back. doc/protocol.md has every byte. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "proto/msg.h"
#include "proto/ticket.h"

#define LOGIN_ID_LEN 8

static bool
fits(const char *s, size_t min, size_t max)
{
	return s != NULL && strlen(s) >= min && strlen(s) <= max;
}

static bool
verdict_known(enum msg_verdict v)
{
	switch (v) {
	case MSG_ALLOW:
	case MSG_IGNORE:
	case MSG_USER_UNKNOWN:
	case MSG_UNAVAILABLE:
	case MSG_SYSTEM:
	case MSG_REFUSED:
	case MSG_FORBIDDEN:
	case MSG_CANCELLED:
	case MSG_TOO_OFTEN:
		return true;
	}
	return false;
}

static bool
verdict_valid(const struct msg_verdict_body *v)
{
	if (!verdict_known(v->verdict) || !fits(v->reason, 1, ERR_REASON_MAX - 1) ||
	    v->reason[strspn(v->reason, "abcdefghijklmnopqrstuvwxyz0123456789._-")] != '\0' ||
	    !fits(v->login_id, LOGIN_ID_LEN, LOGIN_ID_LEN) ||
	    strspn(v->login_id, "0123456789abcdef") != LOGIN_ID_LEN || v->ticket == NULL)
		return false;
	if (v->ticket[0] != '\0' && !ticket_is_name(v->ticket))
		return false;
	return v->verdict == MSG_ALLOW || (v->ticket[0] == '\0' && v->grant.account == NULL);
}

static bool
start_valid(const struct msg_start *s)
{
	return fits(s->service, 0, MSG_ITEM_MAX) && fits(s->user, 1, MSG_ITEM_MAX) &&
	    fits(s->ruser, 0, MSG_ITEM_MAX) && fits(s->rhost, 0, MSG_ITEM_MAX) &&
	    fits(s->tty, 0, MSG_ITEM_MAX) && fits(s->locale, 0, MSG_ITEM_MAX) &&
	    fits(s->address, 0, MSG_ADDRESS_MAX);
}

/* Both directions ask this, so that nothing is sent that the other end would refuse. */
static bool
valid(const struct msg *m)
{
	switch (m->type) {
	case MSG_START:
		return start_valid(&m->start);
	case MSG_ANSWER:
		return fits(m->answer, 0, MSG_ANSWER_MAX);
	case MSG_CANCEL:
		return m->cancel == MSG_CANCEL_INTERRUPT || m->cancel == MSG_CANCEL_CONVERSATION;
	case MSG_TEXT:
		return fits(m->text.text, 0, MSG_TEXT_MAX) &&
		    (m->text.kind == MSG_TEXT_INFO || m->text.kind == MSG_TEXT_ERROR);
	case MSG_PROMPT:
		return fits(m->prompt.text, 0, MSG_TEXT_MAX);
	case MSG_VERDICT:
		return verdict_valid(&m->verdict);
	}
	return false;
}

static enum errcode
put_start(struct buf *b, const struct msg_start *s)
{
	const char *const item[] = { s->service, s->user, s->ruser, s->rhost, s->tty, s->locale,
		s->address };
	enum errcode r = buf_put_u8(b, MSG_VERSION);

	for (size_t i = 0; r == E_OK && i < sizeof(item) / sizeof(item[0]); i++)
		r = buf_put_str(b, item[i]);
	if (r != E_OK || (r = buf_put_u32(b, s->flags)) != E_OK)
		return r;
	return buf_put_u8(b, s->factor);
}

static bool
get_start(struct rd *r, struct msg_start *s)
{
	char **const item[] = { &s->service, &s->user, &s->ruser, &s->rhost, &s->tty, &s->locale,
		&s->address };
	uint8_t factor;

	if (rd_u8(r) != MSG_VERSION)
		return false;
	for (size_t i = 0; i < sizeof(item) / sizeof(item[0]); i++)
		if ((*item[i] = rd_str(r, MSG_ITEM_MAX)) == NULL)
			return false;
	s->flags = rd_u32(r);
	factor = rd_u8(r);
	s->factor = factor == 1;
	return factor <= 1;
}

/* TEXT and PROMPT differ in what their first byte means. */
static enum errcode
put_words(struct buf *b, uint8_t first, uint32_t patience_ms, const char *text)
{
	enum errcode r;

	if ((r = buf_put_u8(b, first)) != E_OK || (r = buf_put_u32(b, patience_ms)) != E_OK)
		return r;
	return buf_put_str(b, text);
}

static bool
get_text(struct rd *r, struct msg_text *t)
{
	t->kind = (enum msg_text_kind)rd_u8(r);
	t->patience_ms = rd_u32(r);
	return (t->text = rd_str(r, MSG_TEXT_MAX)) != NULL;
}

static bool
get_prompt(struct rd *r, struct msg_prompt *p)
{
	uint8_t echo = rd_u8(r);

	p->echo = echo == 1;
	p->patience_ms = rd_u32(r);
	return echo <= 1 && (p->text = rd_str(r, MSG_TEXT_MAX)) != NULL;
}

static enum errcode
put_verdict(struct buf *b, const struct msg_verdict_body *v)
{
	enum errcode r;

	if ((r = buf_put_u8(b, (uint8_t)v->verdict)) != E_OK ||
	    (r = buf_put_str(b, v->reason)) != E_OK || (r = buf_put_str(b, v->login_id)) != E_OK ||
	    (r = buf_put_str(b, v->ticket)) != E_OK)
		return r;
	return v->verdict == MSG_ALLOW ? grant_encode(b, &v->grant) : E_OK;
}

static bool
get_verdict(struct rd *r, struct msg_verdict_body *v)
{
	v->verdict = (enum msg_verdict)rd_u8(r);
	if ((v->reason = rd_str(r, ERR_REASON_MAX - 1)) == NULL ||
	    (v->login_id = rd_str(r, LOGIN_ID_LEN)) == NULL ||
	    (v->ticket = rd_str(r, TICKET_NAME_LEN)) == NULL)
		return false;
	return v->verdict != MSG_ALLOW || grant_decode(r, &v->grant, NULL) == E_OK;
}

static enum errcode
put_body(struct buf *b, const struct msg *m)
{
	switch (m->type) {
	case MSG_START:
		return put_start(b, &m->start);
	case MSG_ANSWER:
		return buf_put_str(b, m->answer);
	case MSG_CANCEL:
		return buf_put_u8(b, (uint8_t)m->cancel);
	case MSG_TEXT:
		return put_words(b, (uint8_t)m->text.kind, m->text.patience_ms, m->text.text);
	case MSG_PROMPT:
		return put_words(b, m->prompt.echo ? 1 : 0, m->prompt.patience_ms, m->prompt.text);
	case MSG_VERDICT:
		return put_verdict(b, &m->verdict);
	}
	return E_FORMAT;
}

static bool
get_body(struct rd *r, struct msg *m)
{
	switch (m->type) {
	case MSG_START:
		return get_start(r, &m->start);
	case MSG_ANSWER:
		return (m->answer = rd_str(r, MSG_ANSWER_MAX)) != NULL;
	case MSG_CANCEL:
		m->cancel = (enum msg_cancel)rd_u8(r);
		return true;
	case MSG_TEXT:
		return get_text(r, &m->text);
	case MSG_PROMPT:
		return get_prompt(r, &m->prompt);
	case MSG_VERDICT:
		return get_verdict(r, &m->verdict);
	}
	return false;
}

enum errcode
msg_encode(struct buf *b, const struct msg *m, struct err *e)
{
	enum errcode r = E_FORMAT;

	buf_reset(b);
	if (valid(m) && (r = buf_put_u8(b, (uint8_t)m->type)) == E_OK)
		r = put_body(b, m);
	if (r != E_OK) {
		buf_reset(b);
		return err_set(e, r, NULL, "message %u cannot be sent: %s", (unsigned)m->type,
		    r == E_FORMAT ? "a field is out of its bounds" : err_name(r));
	}
	return E_OK;
}

enum errcode
msg_decode(const void *p, size_t len, struct msg *m, struct err *e)
{
	struct msg t;
	struct rd r;

	/* not = { 0 }, which promises no more than the union's first member */
	memset(&t, 0, sizeof(t));
	rd_init(&r, p, len);
	t.type = (enum msg_type)rd_u8(&r);
	if (!get_body(&r, &t) || !rd_done(&r) || !valid(&t)) {
		unsigned type = (unsigned)t.type;

		msg_clear(&t);
		return err_set(
		    e, E_FORMAT, NULL, "a malformed message of type %u, %zu bytes", type, len);
	}
	*m = t;
	return E_OK;
}

static void
clear_start(struct msg_start *s)
{
	free(s->service);
	free(s->user);
	free(s->ruser);
	free(s->rhost);
	free(s->tty);
	free(s->locale);
	free(s->address);
}

void
msg_clear(struct msg *m)
{
	switch (m->type) {
	case MSG_START:
		clear_start(&m->start);
		break;
	case MSG_ANSWER:
		secmem_freestr(m->answer);
		break;
	case MSG_CANCEL:
		break;
	case MSG_TEXT:
		free(m->text.text);
		break;
	case MSG_PROMPT:
		free(m->prompt.text);
		break;
	case MSG_VERDICT:
		free(m->verdict.reason);
		free(m->verdict.login_id);
		free(m->verdict.ticket);
		grant_clear(&m->verdict.grant);
		break;
	}
	memset(m, 0, sizeof(*m));
}
