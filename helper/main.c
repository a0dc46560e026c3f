/* latchkey-helper: the monitor of one login, or a look at the configuration (-t, -T). */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>
#include <unistd.h>

#include "common/clock.h"
#include "helper/login.h"
#include "helper/settings.h"
#include "helper/sys/confine.h"

static const char usage[] =
    "usage: latchkey-helper -t [-c FILE]   test the configuration\n"
    "       latchkey-helper -T [-c FILE]   print the effective settings\n"
    "       latchkey-helper -V             print the version\n"
    "Without -t, -T or -V it serves one login on descriptor 0; pam_latchkey starts it so.\n";

static int
look(const struct login_paths *p, bool print)
{
	struct settings *s = NULL;
	struct err e = { .code = E_OK };

	if (settings_load(&s, p->vendor, p->conf, 0, &e) != E_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	for (size_t i = 0; i < s->warnings.n; i++)
		fprintf(stderr, "warning: %s\n", s->warnings.v[i]);
	if (print)
		settings_print(s, stdout);
	else
		printf("%s: the configuration is valid\n", p->conf);
	settings_free(s);
	return fflush(stdout) == 0 ? 0 : 1;
}

/* Descriptor 0 is what the module made: a SOCK_SEQPACKET socket. */
static bool
is_channel(int fd)
{
	int type;
	socklen_t len = sizeof(type);

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_SEQPACKET;
}

static int
serve(const struct login_paths *p)
{
	int chan;

	openlog("latchkey", LOG_PID | LOG_NDELAY, LOG_AUTHPRIV);
	if (geteuid() != 0 || !confine_monitor()) {
		syslog(LOG_ERR,
		    "login=none verdict=error reason=sys.confine why=\"this process cannot be made "
		    "safe: %s\"",
		    geteuid() != 0 ? "it was not started by root"
		                   : "its caller's limits cannot be lifted, or a right is missing");
		return 1;
	}
	/* off descriptor 0, so that nothing that reads standard input takes a packet */
	if ((chan = fcntl(0, F_DUPFD_CLOEXEC, 3)) < 0)
		return 1;
	(void)dup2(1, 0);
	return login_run(chan, p, &clock_system);
}

int
main(int argc, char **argv)
{
	struct login_paths p = { .vendor = PKGDATADIR "/latchkey.conf",
		.conf = SYSCONFDIR "/latchkey/latchkey.conf",
		.worker = PKGLIBEXECDIR "/latchkey-worker",
		.tickets = RUNSTATEDIR "/latchkey/tickets",
		.cache = LOCALSTATEDIR "/cache/latchkey",
		.limits = RUNSTATEDIR "/latchkey/limits",
		.state = LOCALSTATEDIR "/lib/latchkey",
		.pins = LOCALSTATEDIR "/lib/latchkey/pins" };
	int opt, mode = 0;

	while ((opt = getopt(argc, argv, "c:dtTV")) != -1) {
		switch (opt) {
		case 'c':
			p.conf = optarg;
			break;
		case 'd': /* the module's debug argument: everything there is to say is in the log
		             already */
			break;
		case 't':
		case 'T':
		case 'V':
			mode = opt;
			break;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (optind != argc || (mode == 0 && !is_channel(0))) {
		fputs(usage, stderr);
		return 2;
	}
	if (mode == 'V')
		return puts(PACKAGE_STRING) < 0 ? 1 : 0;
	return mode != 0 ? look(&p, mode == 'T') : serve(&p);
}
