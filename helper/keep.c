/* The documents that pass through one login. */
#include "config.h"

#include <stdlib.h>

#include "helper/keep.h"
#include "helper/sys/cache.h"

static const enum ipc_kind sent[] = { IPC_METADATA, IPC_KEYS };

void
keep_load(struct keep *k, struct ipc_job *job, const char *dir, const char *issuer, int64_t now)
{
	struct ipc_document last;

	*k = (struct keep){ .dir = dir, .issuer = issuer };
	for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++)
		if (cache_load(&k->had[i], dir, sent[i], issuer, now))
			job->cached++;
		else
			k->had[i] = (struct ipc_document){ .body = NULL };
	job->may_refetch = !cache_load(&last, dir, IPC_REFETCH, issuer, now) ||
	    now - last.fetched >= KEEP_REFETCH_S;
	free(last.body);
}

bool
keep_next(const struct keep *k, size_t *at, struct ipc_msg *m)
{
	while (*at < IPC_KINDS && k->had[*at].body == NULL)
		(*at)++;
	if (*at == IPC_KINDS)
		return false;
	*m = (struct ipc_msg){ .type = IPC_CACHED, .document = k->had[(*at)++] };
	return true;
}

enum errcode
keep_take(struct keep *k, struct ipc_msg *m, int64_t now, struct err *e)
{
	struct ipc_document *d = &m->document, *to = &k->fresh[d->kind - 1];
	enum errcode r = E_OK;

	d->fetched = now; /* by the monitor's clock, not the worker's word */
	if (++k->messages > KEEP_MESSAGES) {
		r = err_set(e, E_SYS, "ipc.order", "too many documents on [B]");
	} else if (d->kind != IPC_REFETCH && d->body[0] != '\0') {
		free(to->body);
		*to = *d;
		d->body = NULL;
	} else {
		(void)!cache_store(k->dir, k->issuer, d, NULL);
	}
	ipc_clear(m);
	return r;
}

void
keep_store(const struct keep *k)
{
	for (size_t i = 0; i < IPC_KINDS; i++)
		if (k->fresh[i].body != NULL)
			(void)!cache_store(k->dir, k->issuer, &k->fresh[i], NULL);
}

void
keep_clear(struct keep *k)
{
	for (size_t i = 0; i < IPC_KINDS; i++) {
		free(k->had[i].body);
		free(k->fresh[i].body);
	}
	*k = (struct keep){ .dir = NULL };
}
