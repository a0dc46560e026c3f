/* A stand-in for libpam. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fakepam.h"

int
fakepam_converse(int n, const struct pam_message **m, struct pam_response **resp, void *arg)
{
	struct fakepam_talk *t = arg;

	if (n != 1)
		abort();
	t->calls++;
	t->style = m[0]->msg_style;
	(void)snprintf(t->text, sizeof(t->text), "%s", m[0]->msg);
	if (t->code != PAM_SUCCESS)
		return t->code;
	if ((*resp = calloc(1, sizeof(**resp))) == NULL)
		return PAM_BUF_ERR;
	if (t->answer != NULL)
		(*resp)->resp = strdup(t->answer);
	return PAM_SUCCESS;
}

int
pam_get_item(const pam_handle_t *h, int item, const void **value)
{
	if (item == PAM_USER)
		*value = h->user;
	else if (item == PAM_SERVICE)
		*value = h->service;
	else if (item == PAM_CONV)
		*value = h->conv;
	else
		return PAM_BAD_ITEM;
	return PAM_SUCCESS;
}

const char *
pam_strerror(pam_handle_t *h, int code)
{
	(void)h;
	(void)code;
	return "told by the stand-in";
}

const char *
pam_getenv(pam_handle_t *h, const char *name)
{
	size_t len = strlen(name);

	return strncmp(h->env, name, len) == 0 && h->env[len] == '=' ? h->env + len + 1 : NULL;
}

int
pam_putenv(pam_handle_t *h, const char *text)
{
	if (h->env_fails)
		return PAM_BUF_ERR;
	if (strchr(text, '=') == NULL)
		h->env[0] = '\0';
	else
		(void)snprintf(h->env, sizeof(h->env), "%s", text);
	return PAM_SUCCESS;
}

int
pam_get_data(const pam_handle_t *h, const char *name, const void **data)
{
	(void)name;
	*data = h->data;
	return h->data == NULL ? PAM_NO_MODULE_DATA : PAM_SUCCESS;
}

int
pam_set_data(
    pam_handle_t *h, const char *name, void *data, void (*cleanup)(pam_handle_t *, void *, int))
{
	(void)name;
	if (h->data_fails)
		return PAM_BUF_ERR;
	if (h->cleanup != NULL)
		h->cleanup(h, h->data, PAM_DATA_REPLACE);
	h->data = data;
	h->cleanup = cleanup;
	return PAM_SUCCESS;
}

void
fakepam_end(struct pam_handle *h)
{
	if (h->cleanup != NULL)
		h->cleanup(h, h->data, PAM_SUCCESS);
	h->data = NULL;
	h->cleanup = NULL;
	h->env[0] = '\0';
}
