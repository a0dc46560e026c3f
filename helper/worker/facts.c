/* A verified ID token, and UserInfo where it is needed, to facts. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "helper/worker/facts.h"

bool
facts_need_userinfo(const struct idtoken *t, const struct ipc_job *job)
{
	return claims_lack(t->claims, job->username_claim) ||
	    claims_lack(t->claims, job->groups_claim);
}

/* False when src does not fit: everything here was bounded where it was parsed, so that is our
 * mistake or an attack. */
static bool
put(char *dst, size_t size, const char *src)
{
	return (size_t)snprintf(dst, size, "%s", src) < size;
}

static bool
put_optional(bool *has, char *dst, size_t size, const char *src)
{
	*has = src != NULL;
	return src == NULL || put(dst, size, src);
}

/* acr, amr and kid that the monitor would not read are left out: that can only refuse (C-081). */
static const char *
readable(const char *s, size_t size)
{
	size_t n = s == NULL ? 0 : strlen(s);

	return n > 0 && n < size && text_is_ascii(s, n, false) ? s : NULL;
}

static enum errcode
fill_token(struct identity *id, const struct idtoken *t, const struct ipc_job *job, struct err *e)
{
	bool ok = put(id->login_id, sizeof(id->login_id), job->login_id) &&
	    put(id->issuer, sizeof(id->issuer), t->iss) &&
	    put(id->audience, sizeof(id->audience), job->client_id) &&
	    put(id->sub, sizeof(id->sub), t->sub) && put(id->alg, sizeof(id->alg), t->alg) &&
	    put_optional(&id->has_azp, id->azp, sizeof(id->azp), t->azp) &&
	    put_optional(&id->has_nonce, id->nonce, sizeof(id->nonce), t->nonce) &&
	    put_optional(
	        &id->has_acr, id->acr, sizeof(id->acr), readable(t->acr, sizeof(id->acr))) &&
	    put_optional(&id->has_kid, id->kid, sizeof(id->kid), readable(t->kid, sizeof(id->kid)));

	for (size_t i = 0; ok && i < t->amr.n && id->amr_count < IDENTITY_AMR_MAX; i++)
		if (readable(t->amr.v[i], IDENTITY_AMR_LEN) != NULL)
			ok = put(id->amr[id->amr_count++], IDENTITY_AMR_LEN, t->amr.v[i]);
	if (!ok)
		return err_set(
		    e, E_CLM, "idt.size", "a claim of the ID token is longer than allowed");
	id->flow = job->flow;
	id->iat = t->iat;
	id->exp = t->exp;
	id->has_nbf = t->has_nbf;
	id->nbf = t->nbf;
	id->has_auth_time = t->has_auth_time;
	id->auth_time = t->auth_time;
	return E_OK;
}

static enum errcode
fill_name(struct identity *id, const struct idtoken *t, const struct claims *ui,
    const struct ipc_job *job, struct err *e)
{
	const char *first = NULL, *second = NULL, *name;
	enum claims_found a =
	    claims_str(t->claims, job->username_claim, IDENTITY_NAME_MAX - 1, &first);
	enum claims_found b = ui == NULL
	    ? CLAIMS_ABSENT
	    : claims_str(ui, job->username_claim, IDENTITY_NAME_MAX - 1, &second);

	if (a == CLAIMS_BAD || b == CLAIMS_BAD)
		return err_set(e, E_CLM, "usr.claim",
		    "the username claim is not a string of at most %d bytes",
		    IDENTITY_NAME_MAX - 1);
	if (a == CLAIMS_OK && b == CLAIMS_OK && strcmp(first, second) != 0)
		return err_set(e, E_CLM, "ui.conflict",
		    "ID token and UserInfo disagree about the username claim");
	name = a == CLAIMS_OK ? first : second;
	if (name == NULL ||
	    name[0] == '\0') /* nobody's name; policy says so better than the wire */
		return E_OK;
	id->name_from_userinfo = a != CLAIMS_OK;
	if (!put_optional(&id->has_name, id->name, sizeof(id->name), name))
		return err_set(e, E_CLM, "usr.claim", "the username claim is too long");
	return E_OK;
}

static enum errcode
fill_groups(struct identity *id, const struct idtoken *t, const struct claims *ui,
    const struct ipc_job *job, struct err *e)
{
	struct strlist groups = { 0 };
	enum claims_found f = ui == NULL
	    ? CLAIMS_ABSENT
	    : claims_groups(ui, job->groups_claim, job->groups_format, &groups);

	id->groups_from_userinfo = f != CLAIMS_ABSENT;
	if (f == CLAIMS_ABSENT)
		f = claims_groups(t->claims, job->groups_claim, job->groups_format, &groups);
	if (f == CLAIMS_BAD) {
		strlist_clear(&groups);
		return err_set(e, E_CLM, "grp.claim",
		    "the groups claim is not of the form %s, or is too large; is groups_format "
		    "right?",
		    job->groups_format);
	}
	id->has_groups = f == CLAIMS_OK;
	for (size_t i = 0; i < groups.n; i++) {
		long at = strlist_find(&job->group_names, groups.v[i]);

		if (at >= 0)
			identity_set_group(id, (unsigned)at);
		else
			id->other_groups++;
	}
	strlist_clear(&groups);
	return E_OK;
}

enum errcode
facts_fill(struct identity *id, const struct idtoken *t, const struct claims *userinfo,
    const struct ipc_job *job, struct err *e)
{
	enum errcode r;

	memset(id, 0, sizeof(*id));
	if ((r = fill_token(id, t, job, e)) != E_OK ||
	    (r = fill_name(id, t, userinfo, job, e)) != E_OK)
		return r;
	return fill_groups(id, t, userinfo, job, e);
}
