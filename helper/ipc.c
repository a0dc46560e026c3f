/* The messages of [B]: encode and decode side by side. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "common/text.h"
#include "helper/ipc.h"

/* Strings of a job in wire order; both directions walk this table, so they cannot drift apart. */
static const struct {
	size_t offset;
	size_t max;
} job_string[] = {
	{ offsetof(struct ipc_job, login_id), IDENTITY_LOGIN_ID_MAX - 1 },
	{ offsetof(struct ipc_job, issuer), URL_MAX },
	{ offsetof(struct ipc_job, client_id), IDENTITY_CLIENT_MAX - 1 },
	{ offsetof(struct ipc_job, client_secret), IPC_SECRET_MAX },
	{ offsetof(struct ipc_job, client_key), IPC_KEY_MAX },
	{ offsetof(struct ipc_job, client_key_id), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, scopes), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, ca_file), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, username_claim), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, groups_claim), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, nonce), IDENTITY_NONCE_MAX - 1 },
	{ offsetof(struct ipc_job, device_endpoint), URL_MAX },
	{ offsetof(struct ipc_job, groups_format), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, http_proxy), IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, acr_values), 2 * IPC_ITEM_MAX },
	{ offsetof(struct ipc_job, redirect_uri), URL_MAX },
	{ offsetof(struct ipc_job, login_hint), IDENTITY_NAME_MAX - 1 },
};
static const struct {
	size_t offset;
	size_t max;
} job_list[] = {
	{ offsetof(struct ipc_job, algorithms), 16 },
	{ offsetof(struct ipc_job, extra_origins), IPC_ORIGINS_MAX },
	{ offsetof(struct ipc_job, verification_origins), IPC_ORIGINS_MAX },
	{ offsetof(struct ipc_job, trusted_audiences), IPC_ORIGINS_MAX },
	{ offsetof(struct ipc_job, group_names), IDENTITY_GROUPS_MAX },
};
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static char **
job_str(const struct ipc_job *j, size_t i)
{
	return (char **)((uintptr_t)j + job_string[i].offset);
}

static struct strlist *
job_lst(const struct ipc_job *j, size_t i)
{
	return (struct strlist *)((uintptr_t)j + job_list[i].offset);
}

static enum errcode
encode_list(struct buf *b, const struct strlist *l)
{
	enum errcode r = buf_put_u32(b, (uint32_t)l->n);

	for (size_t i = 0; i < l->n && r == E_OK; i++)
		r = buf_put_str(b, l->v[i]);
	return r;
}

static void
decode_list(struct rd *r, struct strlist *l, size_t max)
{
	uint32_t n = rd_u32(r);

	if (n > max)
		r->bad = true;
	for (uint32_t i = 0; i < n && !r->bad; i++) {
		char *s = rd_str(r, IPC_ITEM_MAX);

		if (s == NULL || strlist_add(l, s, strlen(s), max) != E_OK)
			r->bad = true;
		free(s);
	}
}

static enum errcode
encode_job(struct buf *b, const struct ipc_job *j)
{
	enum errcode r = buf_put_u8(b, IPC_VERSION);

	for (size_t i = 0; i < COUNT(job_string) && r == E_OK; i++)
		r = buf_put_str(b, *job_str(j, i));
	if (r != E_OK || (r = buf_put_u8(b, (uint8_t)j->flow)) != E_OK ||
	    (r = buf_put_u8(b, j->par)) != E_OK ||
	    (r = buf_put_u8(b, (uint8_t)j->client_auth)) != E_OK ||
	    (r = buf_put_u8(b, (uint8_t)j->audience)) != E_OK ||
	    (r = buf_put_u8(b, j->nonce_required)) != E_OK ||
	    (r = buf_put_u8(b, j->device_pkce)) != E_OK || (r = buf_put_u8(b, j->revoke)) != E_OK ||
	    (r = buf_put_u8(b, j->may_refetch)) != E_OK || (r = buf_put_u8(b, j->cached)) != E_OK ||
	    (r = buf_put_u32(b, j->skew)) != E_OK || (r = buf_put_u32(b, j->iat_leeway)) != E_OK ||
	    (r = buf_put_u32(b, j->max_age)) != E_OK ||
	    (r = buf_put_u32(b, j->http_timeout)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)j->deadline)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)j->started)) != E_OK)
		return r;
	for (size_t i = 0; i < COUNT(job_list) && r == E_OK; i++)
		r = encode_list(b, job_lst(j, i));
	return r;
}

static bool
decode_bool(struct rd *r)
{
	uint8_t v = rd_u8(r);

	if (v > 1)
		r->bad = true;
	return v != 0;
}

/* A number of an enum whose members follow each other. */
static uint8_t
decode_choice(struct rd *r, uint8_t first, uint8_t last)
{
	uint8_t v = rd_u8(r);

	if (v < first || v > last)
		r->bad = true;
	return v;
}

static void
decode_job(struct rd *r, struct ipc_job *j)
{
	if (rd_u8(r) != IPC_VERSION)
		r->bad = true;
	for (size_t i = 0; i < COUNT(job_string); i++)
		*job_str(j, i) = rd_str(r, job_string[i].max);
	j->flow = (enum identity_flow)decode_choice(r, IDENTITY_DEVICE, IDENTITY_LOOPBACK);
	j->par = decode_bool(r);
	j->client_auth = (enum ipc_client_auth)decode_choice(r, IPC_AUTH_NONE, IPC_AUTH_AUTO);
	j->audience =
	    (enum ipc_audience)decode_choice(r, IPC_AUDIENCE_ISSUER, IPC_AUDIENCE_ENDPOINT);
	j->nonce_required = decode_bool(r);
	j->device_pkce = decode_bool(r);
	j->revoke = decode_bool(r);
	j->may_refetch = decode_bool(r);
	if ((j->cached = rd_u8(r)) > IPC_KINDS)
		r->bad = true;
	j->skew = rd_u32(r);
	j->iat_leeway = rd_u32(r);
	j->max_age = rd_u32(r);
	j->http_timeout = rd_u32(r);
	j->deadline = (int64_t)rd_u64(r);
	j->started = (int64_t)rd_u64(r);
	for (size_t i = 0; i < COUNT(job_list); i++)
		decode_list(r, job_lst(j, i), job_list[i].max);
}

static enum errcode
encode_document(struct buf *b, const struct ipc_document *d)
{
	enum errcode r;

	if ((r = buf_put_u8(b, (uint8_t)d->kind)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)d->fetched)) != E_OK)
		return r;
	return buf_put_str(b, d->body);
}

static void
decode_document(struct rd *r, struct ipc_document *d)
{
	uint8_t kind = rd_u8(r);

	if (kind < IPC_METADATA || kind > IPC_KINDS)
		r->bad = true;
	d->kind = (enum ipc_kind)kind;
	d->fetched = (int64_t)rd_u64(r);
	d->body = rd_str(r, IPC_DOCUMENT_MAX);
}

static enum errcode
encode_code(struct buf *b, const struct ipc_code *c)
{
	enum errcode r;

	if ((r = buf_put_str(b, c->user_code)) != E_OK ||
	    (r = buf_put_str(b, c->verification_uri)) != E_OK ||
	    (r = buf_put_str(b, c->verification_uri_complete)) != E_OK ||
	    (r = buf_put_u32(b, c->expires_in)) != E_OK)
		return r;
	return buf_put_u32(b, c->interval);
}

static void
decode_code(struct rd *r, struct ipc_code *c)
{
	c->user_code = rd_str(r, IPC_USER_CODE_MAX);
	c->verification_uri = rd_str(r, IPC_URI_MAX);
	c->verification_uri_complete = rd_str(r, IPC_URI_MAX);
	c->expires_in = rd_u32(r);
	c->interval = rd_u32(r);
}

static enum errcode
encode_failed(struct buf *b, const struct ipc_failed *f)
{
	enum errcode r;

	if ((r = buf_put_u8(b, (uint8_t)f->code)) != E_OK ||
	    (r = buf_put_str(b, f->reason)) != E_OK)
		return r;
	return buf_put_str(b, f->text);
}

static bool
is_reason(const char *s)
{
	return s[0] != '\0' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-")] == '\0';
}

static void
decode_failed(struct rd *r, struct ipc_failed *f)
{
	uint8_t code = rd_u8(r);

	f->code = (enum errcode)code;
	f->reason = rd_str(r, ERR_REASON_MAX - 1);
	f->text = rd_str(r, ERR_TEXT_MAX - 1);
	if (code == E_OK || code > E_UNKNOWN || f->reason == NULL || f->text == NULL ||
	    !is_reason(f->reason) || !text_is_ascii(f->text, strlen(f->text), true))
		r->bad = true;
}

static enum errcode
encode_body(struct buf *b, const struct ipc_msg *m)
{
	switch (m->type) {
	case IPC_JOB:
		return encode_job(b, &m->job);
	case IPC_CACHED:
	case IPC_KEEP:
		return encode_document(b, &m->document);
	case IPC_CODE:
		return encode_code(b, &m->code);
	case IPC_BROWSE:
		return buf_put_str(b, m->browse.url);
	case IPC_FACTS:
		return identity_encode(b, m->facts);
	case IPC_FAILED:
		return encode_failed(b, &m->failed);
	case IPC_POLL:
	case IPC_REVOKE:
	case IPC_PENDING:
		return E_OK;
	}
	return E_FORMAT;
}

enum errcode
ipc_encode(struct buf *b, const struct ipc_msg *m, struct err *e)
{
	enum errcode r;

	buf_reset(b);
	if ((r = buf_put_u8(b, (uint8_t)m->type)) != E_OK || (r = encode_body(b, m)) != E_OK)
		return err_set(e, r, "ipc.encode", "message %u of [B] does not fit", m->type);
	return E_OK;
}

static void
decode_body(struct rd *r, struct ipc_msg *m, struct err *e)
{
	switch (m->type) {
	case IPC_JOB:
		decode_job(r, &m->job);
		return;
	case IPC_CACHED:
	case IPC_KEEP:
		decode_document(r, &m->document);
		return;
	case IPC_CODE:
		decode_code(r, &m->code);
		return;
	case IPC_BROWSE:
		m->browse.url = rd_str(r, IPC_BROWSE_MAX);
		return;
	case IPC_FACTS:
		if ((m->facts = calloc(1, sizeof(*m->facts))) == NULL ||
		    identity_decode(r, m->facts, e) != E_OK)
			r->bad = true;
		return;
	case IPC_FAILED:
		decode_failed(r, &m->failed);
		return;
	case IPC_POLL:
	case IPC_REVOKE:
	case IPC_PENDING:
		return;
	}
	r->bad = true;
}

enum errcode
ipc_decode(const void *p, size_t len, struct ipc_msg *m, struct err *e)
{
	struct ipc_msg out = { 0 };
	struct rd r;

	rd_init(&r, p, len);
	out.type = (enum ipc_type)rd_u8(&r);
	if (r.bad)
		return err_set(e, E_FORMAT, "ipc.format", "empty message on [B]");
	decode_body(&r, &out, e);
	if (!rd_done(&r)) {
		ipc_clear(&out);
		return err_set(e, E_FORMAT, "ipc.format", "malformed message %u on [B]",
		    ((const uint8_t *)p)[0]);
	}
	*m = out;
	return E_OK;
}

void
ipc_clear(struct ipc_msg *m)
{
	switch (m->type) {
	case IPC_JOB:
		for (size_t i = 0; i < COUNT(job_string); i++)
			secmem_freestr(*job_str(&m->job, i));
		for (size_t i = 0; i < COUNT(job_list); i++)
			strlist_clear(job_lst(&m->job, i));
		break;
	case IPC_CACHED:
	case IPC_KEEP:
		free(m->document.body);
		break;
	case IPC_CODE:
		free(m->code.user_code);
		free(m->code.verification_uri);
		free(m->code.verification_uri_complete);
		break;
	case IPC_BROWSE:
		free(m->browse.url);
		break;
	case IPC_FACTS:
		free(m->facts);
		break;
	case IPC_FAILED:
		free(m->failed.reason);
		free(m->failed.text);
		break;
	case IPC_POLL:
	case IPC_REVOKE:
	case IPC_PENDING:
		break;
	}
	memset(m, 0, sizeof(*m));
}
