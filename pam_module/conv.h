/* The conversation with the person: one message a call, because i3lock and SDDM corrupt memory on
 * more. PAM_SILENT is not looked at: sudo always sets it, and a login must be seen. pam_conv(3). */
#ifndef PAM_MODULE_CONV_H
#define PAM_MODULE_CONV_H

#include <security/pam_modules.h>
#include <stdbool.h>

#include "common/err.h"
#include "proto/msg.h"

/* False in cron and systemd-user, which set a conversation without a function. */
bool conv_usable(pam_handle_t *pamh);

/* Shows a text. E_CONV when the host cannot. */
enum errcode conv_tell(pam_handle_t *pamh, enum msg_text_kind kind, const char *text, struct err *e)
    __attribute__((warn_unused_result));

/*
 * Asks; *answer (secmem_freestr) is cut at MSG_ANSWER_MAX bytes, the host's own copy is wiped.
 * E_CONV when the host cannot, or the person hung up (end of file gives success and no answer).
 */
enum errcode conv_ask(pam_handle_t *pamh, bool echo, const char *text, char **answer, struct err *e)
    __attribute__((warn_unused_result));

#endif
