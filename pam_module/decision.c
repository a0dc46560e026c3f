/* The decision that this PAM handle carries. */
#include "config.h"

#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pam_module/decision.h"
#include "pam_module/ticket.h"

#define DATA_NAME "latchkey_decision"

struct decision {
	struct grant grant;
	char ticket[TICKET_NAME_LEN + 1]; /* unspent, ours; "" for none */
};

/* Runs twice where a host forks before pam_end (su), also with PAM_DATA_SILENT: it frees, no more.
 */
static void
cleanup(pam_handle_t *pamh, void *data, int status)
{
	struct decision *d = data;

	(void)pamh;
	(void)status;
	if (d == NULL)
		return;
	grant_clear(&d->grant);
	free(d);
}

static const struct decision *
kept(pam_handle_t *pamh)
{
	const void *data = NULL;

	return pam_get_data(pamh, DATA_NAME, &data) == PAM_SUCCESS ? data : NULL;
}

const struct grant *
decision_get(pam_handle_t *pamh)
{
	const struct decision *d = kept(pamh);

	return d == NULL ? NULL : &d->grant;
}

static enum errcode
store(pam_handle_t *pamh, struct grant *g, const char *ticket, struct err *e)
{
	struct decision *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	d->grant = *g;
	if (ticket_is_name(ticket))
		memcpy(d->ticket, ticket, sizeof(d->ticket));
	if (pam_set_data(pamh, DATA_NAME, d, cleanup) != PAM_SUCCESS) {
		free(d);
		return err_set(e, E_NOMEM, NULL, "PAM keeps no data for us");
	}
	*g = (struct grant){ 0 };
	return E_OK;
}

enum errcode
decision_keep(pam_handle_t *pamh, struct grant *g, const char *ticket, struct err *e)
{
	char variable[sizeof(TICKET_VARIABLE) + 1 + TICKET_NAME_LEN] = TICKET_VARIABLE "=";
	enum errcode r;

	if ((r = store(pamh, g, ticket, e)) != E_OK || !ticket_is_name(ticket))
		return r;
	memcpy(variable + sizeof(TICKET_VARIABLE), ticket, TICKET_NAME_LEN + 1);
	if (pam_putenv(pamh, variable) != PAM_SUCCESS) {
		(void)pam_set_data(pamh, DATA_NAME, NULL, NULL);
		return err_set(e, E_NOMEM, NULL, "PAM keeps no variable for us");
	}
	return E_OK;
}

/* The ticket's name out of the environment, and the variable is gone; false when there is none. */
static bool
take_name(pam_handle_t *pamh, char name[TICKET_NAME_LEN + 1])
{
	const char *value = pam_getenv(pamh, TICKET_VARIABLE);

	name[0] = '\0';
	if (value == NULL)
		return false;
	if (ticket_is_name(value))
		memcpy(name, value, TICKET_NAME_LEN + 1);
	(void)pam_putenv(pamh, TICKET_VARIABLE);
	return true;
}

void
decision_forget(pam_handle_t *pamh, const struct decision_place *at)
{
	const struct decision *d = kept(pamh);
	char name[TICKET_NAME_LEN + 1];

	(void)take_name(pamh, name);
	if (d == NULL)
		return;
	if (geteuid() == 0)
		ticket_discard(at->dir, at->owner, d->ticket);
	(void)pam_set_data(pamh, DATA_NAME, NULL, NULL);
}

static const struct grant *
redeem(pam_handle_t *pamh, const struct decision_place *at, const char *name, struct err *e)
{
	struct ticket_holder h;
	struct grant g = { 0 };

	if (ticket_here(&h, decision_item(pamh, PAM_USER), decision_item(pamh, PAM_SERVICE),
	        at->clock, e) != E_OK ||
	    ticket_redeem(at->dir, at->owner, name, &h, &g, e) != E_OK ||
	    store(pamh, &g, "", e) != E_OK)
		grant_clear(&g);
	return decision_get(pamh);
}

const struct grant *
decision_find(pam_handle_t *pamh, const struct decision_place *at, struct err *e)
{
	const struct decision *d = kept(pamh);
	char name[TICKET_NAME_LEN + 1];

	if (!take_name(pamh, name) || geteuid() != 0)
		return d == NULL ? NULL : &d->grant;
	if (d == NULL)
		return redeem(pamh, at, name, e);
	if (strcmp(name, d->ticket) == 0)
		ticket_discard(at->dir, at->owner, name);
	return &d->grant;
}

bool
decision_is_for(pam_handle_t *pamh, const struct grant *g)
{
	return strcmp(decision_item(pamh, PAM_USER), g->account) == 0 &&
	    strcmp(decision_item(pamh, PAM_SERVICE), g->service) == 0;
}

const char *
decision_item(pam_handle_t *pamh, int item)
{
	const void *value = NULL;

	return pam_get_item(pamh, item, &value) == PAM_SUCCESS && value != NULL ? value : "";
}
