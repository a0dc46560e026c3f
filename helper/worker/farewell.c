/* The end of a good login. */
#include "config.h"

#include "common/url.h"
#include "helper/sys/confine.h"
#include "helper/worker/farewell.h"

#define VERDICT_MS 15000 /* the monitor decides, writes a ticket, and tells the module */
#define ANSWER_MAX 4096  /* nobody reads it */

/* One attempt: what the answer says changes nothing, and a 503 is not asked again (RFC 7009 section
 * 2.2.1). */
static void
revoke(const struct rp *login, const char *token)
{
	struct rp p = *login;
	struct http_response a = { 0 };
	struct buf *form = buf_new(3 * TOKEN_ACCESS_MAX + RP_FORM_MAX);

	p.deadline = clock_boot_ms(p.channel->clock) + IPC_REVOKE_MS;
	if (form != NULL && url_put_param(form, "token", token) == E_OK &&
	    url_put_param(form, "token_type_hint", "access_token") == E_OK)
		(void)!rp_post(&p, p.metadata->revocation_endpoint, form, ANSWER_MAX, &a, NULL);
	http_response_clear(&a);
	buf_free(form);
}

static void
revoke_when_told(const struct rp *p, const char *token)
{
	int64_t deadline = clock_boot_ms(p->channel->clock) + VERDICT_MS;
	struct ipc_msg m = { 0 };

	if (channel_recv(p->channel, IPC_REVOKE, &m, deadline, NULL) == E_OK)
		revoke(p, token);
}

enum errcode
farewell(const struct rp *p, const struct token *t, struct identity *facts, struct err *e)
{
	const struct ipc_msg m = { .type = IPC_FACTS, .facts = facts };
	bool gives_back = p->job->revoke && p->metadata->revocation_endpoint != NULL;
	enum errcode r;

	/* before the monitor can know that the login is over, and end */
	if (gives_back)
		confine_worker_outlive();
	r = channel_send(p->channel, &m, e);
	if (r == E_OK && gives_back)
		revoke_when_told(p, t->access_token);
	return r;
}
