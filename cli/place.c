/* Where the configuration and the records are. */
#include "config.h"

#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

#include "cli/place.h"

void
place_fill(struct place *p)
{
	if (p->conf == NULL)
		p->conf = SYSCONFDIR "/latchkey/latchkey.conf";
	if (p->pins == NULL)
		p->pins = LOCALSTATEDIR "/lib/latchkey/pins";
}

enum errcode
place_settings(struct settings **out, const struct place *p, struct err *e)
{
	return settings_load(out, PKGDATADIR "/latchkey.conf", p->conf, geteuid(), e);
}

void
place_audit(const char *what, const char *account)
{
	syslog(LOG_AUTHPRIV | LOG_NOTICE, "latchkey: pin=%s account=%s uid=%lu", what, account,
	    (unsigned long)getuid());
}

int
place_complain(const char *name, int status, const struct err *e)
{
	(void)fprintf(stderr, "latchkey %s: %s\n", name, e->text);
	return status;
}
