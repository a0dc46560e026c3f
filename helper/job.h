/* What the worker is told, and what it may show: settings to a job, and the monitor's look at the
 * code. */
#ifndef HELPER_JOB_H
#define HELPER_JOB_H

#include <stdint.h>

#include "helper/ipc.h"
#include "helper/settings.h"

#define JOB_NONCE_BYTES 24 /* 192 bits, in hex: C-026 asks for 128 */

/* What is known of a login before its worker starts; borrowed. */
struct job_login {
	const char *login_id;
	const char *service; /* whose demands are asked for */
	const char *account; /* whose sign-in is expected */
	enum identity_flow flow;
	int64_t started;  /* wall clock */
	int64_t deadline; /* boot ms */
};

/* Fresh copies of everything (ipc_clear). nonce is made here. E_SYS, E_NOMEM. */
enum errcode job_make(struct ipc_msg *job, const struct settings *s, const struct job_login *login,
    struct err *e) __attribute__((warn_unused_result));

/*
 * The worker may be captured: URIs must be https on the issuer's origin or a verification_origins
 * one, the code 4 to 32 printable ASCII characters without blanks at the ends. E_PROTO mon.uri,
 * mon.code. C-139, C-140.
 */
enum errcode job_check_code(const struct ipc_code *c, const struct settings_provider *p,
    struct err *e) __attribute__((warn_unused_result));

/*
 * The same for a loopback flow's URL: https on the issuer's origin or one of extra_origins, where
 * endpoints may lie, printable ASCII without blanks. E_PROTO mon.url. C-007, C-022.
 */
enum errcode job_check_browse(const struct ipc_browse *b, const struct settings_provider *p,
    struct err *e) __attribute__((warn_unused_result));

#endif
