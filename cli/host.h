/* What this host makes of valid settings: legal, and unwise here. */
#ifndef CLI_HOST_H
#define CLI_HOST_H

#include "common/strlist.h"
#include "helper/settings.h"

struct host {
	const char *pam;        /* /etc/pam.d */
	const char *ssh;        /* /etc/ssh, where sshd_config is */
	const char *login_defs; /* /etc/login.defs */
	const char *cache;      /* /var/cache/latchkey, as earlier logins left it */
	const char *conf;       /* what a sentence begins with */
};

/* Appends sentences "CONF: ..." to warnings, as far as the caller can see the host: nobody who can
 * let themselves in without the provider; a time_limit beyond the service's own; require_acr that
 * the provider's metadata do not know. E_NOMEM. */
enum errcode host_warn(struct strlist *warnings, const struct settings *s, const struct host *h,
    struct err *e) __attribute__((warn_unused_result));

#endif
