/* The conversation with the person. */
#include "config.h"

#include <security/pam_appl.h>
#include <security/pam_ext.h>
#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "pam_module/conv.h"

static const struct pam_conv *
conv_of(pam_handle_t *pamh)
{
	const void *item = NULL;
	const struct pam_conv *c;

	if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS || item == NULL)
		return NULL;
	c = item;
	return c->conv == NULL ? NULL : c;
}

bool
conv_usable(pam_handle_t *pamh)
{
	return conv_of(pamh) != NULL;
}

/* One message to the host; *answer is what it gave, NULL where it gave nothing. */
static enum errcode
exchange(pam_handle_t *pamh, int style, const char *text, char **answer, struct err *e)
{
	const struct pam_conv *c = conv_of(pamh);
	struct pam_message m = { .msg_style = style, .msg = text };
	const struct pam_message *list = &m;
	struct pam_response *resp = NULL;
	int rc;

	*answer = NULL;
	if (c == NULL)
		return err_set(e, E_CONV, "conv.none", "the host has no conversation");
	rc = c->conv(1, &list, &resp, c->appdata_ptr);
	if (resp != NULL)
		*answer = resp->resp;
	free(resp);
	if (rc == PAM_SUCCESS)
		return E_OK;
	secmem_freestr(*answer);
	*answer = NULL;
	return err_set(
	    e, E_CONV, "conv.failed", "the conversation failed: %s", pam_strerror(pamh, rc));
}

enum errcode
conv_tell(pam_handle_t *pamh, enum msg_text_kind kind, const char *text, struct err *e)
{
	char *answer;
	enum errcode r = exchange(
	    pamh, kind == MSG_TEXT_ERROR ? PAM_ERROR_MSG : PAM_TEXT_INFO, text, &answer, e);

	secmem_freestr(answer);
	return r;
}

enum errcode
conv_ask(pam_handle_t *pamh, bool echo, const char *text, char **answer, struct err *e)
{
	enum errcode r;
	char *given, *copy;

	r = exchange(pamh, echo ? PAM_PROMPT_ECHO_ON : PAM_PROMPT_ECHO_OFF, text, &given, e);
	if (r != E_OK)
		return r;
	if (given == NULL)
		return err_set(e, E_CONV, "conv.eof", "the person hung up");
	copy = strndup(given, MSG_ANSWER_MAX);
	secmem_freestr(given);
	if (copy == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	*answer = copy;
	return E_OK;
}
