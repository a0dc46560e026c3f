/* The person that an administrator asks about. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/input.h"
#include "cli/person.h"
#include "common/num.h"
#include "common/text.h"
#include "helper/job.h"
#include "helper/worker/facts.h"

#define DOCUMENT_MAX (256 * 1024)
#define LIFE 3600                      /* seconds, of the token that is thought of */
#define LATEST ((uint64_t)1 << 40)     /* seconds since 1970 */
#define AGO_MAX (366UL * 24 * 60 * 60) /* seconds */

/* What one claim of the command line is put into; the text behind '='. */
struct claim {
	struct identity *id;
	int64_t now;
};

static bool
put(char *dst, size_t size, const char *value, bool ascii)
{
	size_t len = strlen(value);

	if (len == 0 || len >= size ||
	    (ascii ? !text_is_ascii(value, len, true) : !text_is_utf8(value, len)))
		return false;
	memcpy(dst, value, len + 1);
	return true;
}

static bool
take_name(const struct claim *c, const char *value)
{
	return c->id->has_name = put(c->id->name, sizeof(c->id->name), value, false);
}

static bool
take_sub(const struct claim *c, const char *value)
{
	return put(c->id->sub, sizeof(c->id->sub), value, true);
}

static bool
take_acr(const struct claim *c, const char *value)
{
	return c->id->has_acr = put(c->id->acr, sizeof(c->id->acr), value, true);
}

static bool
take_amr(const struct claim *c, const char *value)
{
	size_t n;

	for (c->id->amr_count = 0; *value != '\0'; value += n + (value[n] == ',')) {
		n = strcspn(value, ",");
		if (n == 0 || n >= IDENTITY_AMR_LEN || c->id->amr_count == IDENTITY_AMR_MAX ||
		    !text_is_ascii(value, n, true))
			return false;
		(void)snprintf(
		    c->id->amr[c->id->amr_count++], IDENTITY_AMR_LEN, "%.*s", (int)n, value);
	}
	return true;
}

static bool
take_auth_time(const struct claim *c, const char *value)
{
	uint64_t n = 0;

	if (strcmp(value, "now") == 0)
		c->id->auth_time = c->now;
	else if (value[0] == '-' && num_parse_seconds(value + 1, 0, AGO_MAX, &n))
		c->id->auth_time = c->now - (int64_t)n;
	else if (num_parse(value, 0, LATEST, &n))
		c->id->auth_time = (int64_t)n;
	else
		return false;
	return c->id->has_auth_time = true;
}

/* NAME=VALUE. A claim that no rule looks at is a slip of the pen. */
static enum errcode
take_claim(
    struct identity *id, const char *word, const struct settings *s, int64_t now, struct err *e)
{
	const struct {
		const char *name;
		bool (*take)(const struct claim *, const char *);
	} table[] = {
		{ "acr", take_acr },
		{ "amr", take_amr },
		{ "auth_time", take_auth_time },
		{ "sub", take_sub },
		{ s->provider.username_claim, take_name },
	};
	const struct claim c = { id, now };
	size_t len = strcspn(word, "=");

	for (size_t i = 0; word[len] == '=' && i < sizeof(table) / sizeof(table[0]); i++)
		if (strlen(table[i].name) == len && strncmp(table[i].name, word, len) == 0)
			return table[i].take(&c, word + len + 1)
			    ? E_OK
			    : err_set(e, E_FORMAT, NULL, "--claim: %s cannot have such a value",
			          table[i].name);
	return err_set(e, E_FORMAT, NULL,
	    "--claim takes NAME=VALUE, of acr, amr, auth_time, sub and %s: no rule looks at "
	    "another",
	    s->provider.username_claim);
}

static void
take_groups(struct identity *id, const char *list, const struct settings *s)
{
	char name[512];
	size_t n;

	id->has_groups = true;
	id->other_groups = 0;
	memset(id->groups, 0, sizeof(id->groups));
	for (; *list != '\0'; list += n + (list[n] == ',')) {
		long at;

		n = strcspn(list, ",");
		at = n < sizeof(name) ? 0 : -1;
		if (at == 0) {
			(void)snprintf(name, sizeof(name), "%.*s", (int)n, list);
			at = settings_group_index(s, name);
		}
		if (at >= 0)
			identity_set_group(id, (unsigned)at);
		else if (n > 0)
			id->other_groups++;
	}
}

/* UserInfo has neither times nor an audience of its own that a login would look at. */
static bool
is_idtoken(const struct claims *c)
{
	int64_t t;
	const char *s;

	return claims_str(c, "iss", 0, &s) != CLAIMS_ABSENT &&
	    claims_str(c, "aud", 0, &s) != CLAIMS_ABSENT && claims_num(c, "iat", &t) == CLAIMS_OK &&
	    claims_num(c, "exp", &t) == CLAIMS_OK;
}

/* By its own time, and with the nonce that it has: it was saved. */
static enum errcode
judge_idtoken(struct idtoken *t, const struct ipc_job *job, struct err *e)
{
	struct idtoken_expect x = { .issuer = job->issuer,
		.client_id = job->client_id,
		.trusted = job->trusted_audiences.n > 0 ? &job->trusted_audiences : NULL,
		.any_access_token = true,
		.skew = job->skew,
		.iat_leeway = job->iat_leeway };

	(void)claims_str(t->claims, "nonce", IDENTITY_NONCE_MAX - 1, &x.nonce);
	(void)claims_num(t->claims, "iat", &x.started);
	x.now = x.started;
	return idtoken_judge(t, &x, e);
}

static enum errcode
read_claims(struct identity *id, struct claims *c, const struct ipc_job *job,
    const struct verdict_login *login, struct err *e)
{
	struct idtoken t = { .claims = c, .iss = job->issuer, .sub = "" };
	enum errcode r;

	if (is_idtoken(c))
		r = judge_idtoken(&t, job, e);
	else if (claims_str(c, "sub", IDENTITY_SUB_MAX - 1, &t.sub) == CLAIMS_BAD)
		r = err_set(e, E_CLM, "ui.sub", "sub is no text, or too long");
	else
		r = idtoken_context(&t, e);
	t.nonce = login->nonce;
	t.iat = login->now;
	t.exp = login->now + LIFE;
	t.has_nbf = false;
	if (r == E_OK)
		r = facts_fill(id, &t, NULL, job, e);
	strlist_clear(&t.amr);
	return r;
}

/* A file that is no such document is a mistake of the one who asks. */
static enum errcode
read_document(struct claims **out, const char *path, struct err *e)
{
	struct err why = { .code = E_OK };
	struct buf *b = NULL;
	enum errcode r;

	if (path == NULL)
		return claims_parse(out, "{}", 2, e);
	if ((r = input_read(&b, path, DOCUMENT_MAX, e)) != E_OK)
		return r;
	r = claims_parse(out, buf_data(b), buf_len(b), &why);
	buf_free(b);
	return r == E_OK || r == E_NOMEM ? r : err_set(e, E_SYS, NULL, "%s: %s", path, why.text);
}

enum errcode
person_make(struct identity *id, const struct person_ask *a, const struct settings *s,
    const struct verdict_login *login, struct err *e)
{
	struct ipc_msg job = { .type = IPC_JOB };
	struct claims *c = NULL;
	enum errcode r;

	if ((r = read_document(&c, a->from, e)) != E_OK ||
	    (r = job_make(&job, s,
	         &(struct job_login){ .login_id = login->login_id,
	             .service = login->service,
	             .account = "",
	             .flow = login->flow,
	             .started = login->started },
	         e)) != E_OK ||
	    (r = read_claims(id, c, &job.job, login, e)) != E_OK)
		goto out;
	if (a->name != NULL && !take_name(&(struct claim){ id, login->now }, a->name))
		r = err_set(e, E_FORMAT, NULL, "that cannot be the name of anybody");
	if (a->groups != NULL)
		take_groups(id, a->groups, s);
	for (size_t i = 0; i < PERSON_CLAIMS_MAX && a->claim[i] != NULL && r == E_OK; i++)
		r = take_claim(id, a->claim[i], s, login->now, e);
out:
	if (r != E_OK)
		memset(id, 0, sizeof(*id));
	claims_free(c);
	ipc_clear(&job);
	return r;
}
