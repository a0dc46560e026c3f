/* The facts of one login on their way from the worker to the monitor. */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "common/text.h"
#include "helper/identity.h"

#define TIME_MAX ((int64_t)1 << 53) /* RFC 8259 section 6: beyond it a number is not exact */

/* The presence bits, in the order of the wire. */
static const size_t presence[] = {
	offsetof(struct identity, has_azp),
	offsetof(struct identity, has_nonce),
	offsetof(struct identity, has_nbf),
	offsetof(struct identity, has_auth_time),
	offsetof(struct identity, has_acr),
	offsetof(struct identity, has_name),
	offsetof(struct identity, has_uid),
	offsetof(struct identity, has_kid),
	offsetof(struct identity, has_groups),
	offsetof(struct identity, name_from_userinfo),
	offsetof(struct identity, groups_from_userinfo),
};
#define PRESENCE (sizeof(presence) / sizeof(presence[0]))

enum form { HEX, GRAPH, PRINT, UTF8 };

/* The strings, in the order of the wire; those with a bit travel only where it is set. */
static const struct {
	size_t at, size;
	enum form form;
	size_t has; /* 0: always there (has_ fields are never first in the struct) */
} string[] = {
#define S(f, form, has)                                                                            \
	{                                                                                          \
		offsetof(struct identity, f), sizeof(((struct identity *)0)->f), form, has         \
	}
#define HAS(f) offsetof(struct identity, f)
	S(login_id, HEX, 0),
	S(issuer, GRAPH, 0),
	S(audience, GRAPH, 0),
	S(sub, PRINT, 0),
	S(alg, GRAPH, 0),
	S(azp, GRAPH, HAS(has_azp)),
	S(nonce, GRAPH, HAS(has_nonce)),
	S(acr, GRAPH, HAS(has_acr)),
	S(name, UTF8, HAS(has_name)),
	S(kid, GRAPH, HAS(has_kid)),
};
#define STRINGS (sizeof(string) / sizeof(string[0]))

static bool
is_set(const struct identity *id, size_t has)
{
	bool on;

	memcpy(&on, (const char *)id + has, sizeof(on));
	return on;
}

static bool
has_form(const char *s, enum form form)
{
	size_t len = strlen(s);

	if (len == 0)
		return false;
	switch (form) {
	case HEX:
		return strspn(s, "0123456789abcdef") == len;
	case GRAPH:
		return text_is_ascii(s, len, false);
	case PRINT:
		return text_is_ascii(s, len, true);
	case UTF8:
		return text_is_utf8(s, len);
	}
	return false;
}

static enum errcode
put_groups(struct buf *b, const struct identity *id)
{
	enum errcode r;
	uint32_t n = 0;

	for (unsigned i = 0; i < IDENTITY_GROUPS_MAX; i++)
		n += identity_has_group(id, i);
	if ((r = buf_put_u32(b, n)) != E_OK)
		return r;
	for (unsigned i = 0; i < IDENTITY_GROUPS_MAX; i++)
		if (identity_has_group(id, i) && (r = buf_put_u32(b, i)) != E_OK)
			return r;
	return buf_put_u32(b, id->other_groups);
}

static enum errcode
put_strings(struct buf *b, const struct identity *id)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < STRINGS && r == E_OK; i++)
		if (string[i].has == 0 || is_set(id, string[i].has))
			r = buf_put_str(b, (const char *)id + string[i].at);
	if (r == E_OK)
		r = buf_put_u8(b, id->amr_count);
	for (size_t i = 0; i < id->amr_count && r == E_OK; i++)
		r = i < IDENTITY_AMR_MAX ? buf_put_str(b, id->amr[i]) : E_LIMIT;
	return r;
}

/*
 * Wire: u32 presence bits, u8 flow, strings as in the table, u8 amr count and its strings, u64 iat,
 * exp, nbf?, auth_time?, u32 uid?, u32 count of group indexes, each u32 and ascending, u32 others.
 * identity_decode is the other side.
 */
enum errcode
identity_encode(struct buf *b, const struct identity *id)
{
	uint32_t bits = 0;
	enum errcode r;

	for (size_t i = 0; i < PRESENCE; i++)
		bits |= (uint32_t)is_set(id, presence[i]) << i;
	if ((r = buf_put_u32(b, bits)) != E_OK || (r = buf_put_u8(b, (uint8_t)id->flow)) != E_OK ||
	    (r = put_strings(b, id)) != E_OK || (r = buf_put_u64(b, (uint64_t)id->iat)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)id->exp)) != E_OK)
		return r;
	if (id->has_nbf && (r = buf_put_u64(b, (uint64_t)id->nbf)) != E_OK)
		return r;
	if (id->has_auth_time && (r = buf_put_u64(b, (uint64_t)id->auth_time)) != E_OK)
		return r;
	if (id->has_uid && (r = buf_put_u32(b, id->uid)) != E_OK)
		return r;
	return put_groups(b, id);
}

static bool
read_presence(struct rd *r, struct identity *id)
{
	uint32_t bits = rd_u32(r);
	uint8_t flow = rd_u8(r);

	if (r->bad || bits >> PRESENCE != 0 ||
	    (flow != IDENTITY_DEVICE && flow != IDENTITY_LOOPBACK))
		return false;
	for (size_t i = 0; i < PRESENCE; i++) {
		bool on = (bits >> i & 1) != 0;

		memcpy((char *)id + presence[i], &on, sizeof(on));
	}
	id->flow = flow == IDENTITY_DEVICE ? IDENTITY_DEVICE : IDENTITY_LOOPBACK;
	return true;
}

static bool
read_strings(struct rd *r, struct identity *id)
{
	for (size_t i = 0; i < STRINGS; i++) {
		char *at = (char *)id + string[i].at;

		if (string[i].has != 0 && !is_set(id, string[i].has))
			continue;
		if (!rd_str_into(r, at, string[i].size) || !has_form(at, string[i].form))
			return false;
	}
	id->amr_count = rd_u8(r);
	if (r->bad || id->amr_count > IDENTITY_AMR_MAX)
		return false;
	for (size_t i = 0; i < id->amr_count; i++)
		if (!rd_str_into(r, id->amr[i], sizeof(id->amr[i])) || !has_form(id->amr[i], GRAPH))
			return false;
	return true;
}

static bool
read_time(struct rd *r, int64_t *out)
{
	uint64_t v = rd_u64(r);

	if (r->bad || v >= (uint64_t)TIME_MAX)
		return false;
	*out = (int64_t)v;
	return true;
}

static bool
read_numbers(struct rd *r, struct identity *id)
{
	if (!read_time(r, &id->iat) || !read_time(r, &id->exp) ||
	    (id->has_nbf && !read_time(r, &id->nbf)) ||
	    (id->has_auth_time && !read_time(r, &id->auth_time)))
		return false;
	if (id->has_uid)
		id->uid = rd_u32(r);
	return !r->bad;
}

static bool
read_groups(struct rd *r, struct identity *id)
{
	uint32_t n = rd_u32(r), least = 0, index;

	if (r->bad || n > IDENTITY_GROUPS_MAX)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		index = rd_u32(r);
		if (r->bad || index < least || index >= IDENTITY_GROUPS_MAX)
			return false;
		identity_set_group(id, index);
		least = index + 1;
	}
	id->other_groups = rd_u32(r);
	/* groups without the claim: the worker contradicts itself */
	return !r->bad && (id->has_groups || (n == 0 && id->other_groups == 0));
}

enum errcode
identity_decode(struct rd *r, struct identity *id, struct err *e)
{
	struct identity fresh = { .amr_count = 0 };

	if (!read_presence(r, &fresh))
		return err_set(e, E_FORMAT, "ipc.identity", "facts: unknown flow or presence bit");
	if (!read_strings(r, &fresh))
		return err_set(e, E_FORMAT, "ipc.identity", "facts: a malformed string");
	if (!read_numbers(r, &fresh))
		return err_set(e, E_FORMAT, "ipc.identity", "facts: a malformed time or number");
	if (!read_groups(r, &fresh))
		return err_set(e, E_FORMAT, "ipc.identity", "facts: malformed group indexes");
	*id = fresh;
	return E_OK;
}

void
identity_set_group(struct identity *id, unsigned index)
{
	if (index < IDENTITY_GROUPS_MAX)
		id->groups[index / 8] = (uint8_t)(id->groups[index / 8] | 1U << index % 8);
}

bool
identity_has_group(const struct identity *id, unsigned index)
{
	return index < IDENTITY_GROUPS_MAX && (id->groups[index / 8] >> index % 8 & 1) != 0;
}
