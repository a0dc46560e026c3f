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

static const char usage[] = "usage: latchkey-helper -t [-c FILE]   test the configuration\n"
                            "       latchkey-helper -T [-c FILE]   print the effective settings\n"
                            "       latchkey-helper -V             print the version\n"
                            "Without -t, -T or -V it serves one login on descriptor 0; "
                            "pam_latchkey and latchkey login start it so.\n";

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
serve(const struct login_paths *p, int log_options)
{
	int chan;

	openlog("latchkey", log_options, LOG_AUTHPRIV);
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

/* latchkey login --flow. Whoever starts this process is root (serve), so it is root who chooses. */
static bool
take_flow(const char *name, enum settings_flow *out)
{
	static const struct {
		const char *name;
		enum settings_flow flow;
	} table[] = {
		{ "auto", SETTINGS_FLOW_AUTO },
		{ "device", SETTINGS_FLOW_DEVICE },
		{ "loopback", SETTINGS_FLOW_LOOPBACK },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].name, name) == 0) {
			*out = table[i].flow;
			return true;
		}
	return false;
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
	enum settings_flow flow;
	int opt, mode = 0, log_options = LOG_PID | LOG_NDELAY;

	while ((opt = getopt(argc, argv, "c:def:tTV")) != -1) {
		switch (opt) {
		case 'c':
			p.conf = optarg;
			break;
		case 'd': /* the module's debug argument */
			p.debug = true;
			break;
		case 'e':
			log_options |= LOG_PERROR;
			break;
		case 'f':
			if (!take_flow(optarg, &flow)) {
				fputs(usage, stderr);
				return 2;
			}
			p.flow = &flow;
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
	return mode != 0 ? look(&p, mode == 'T') : serve(&p, log_options);
}
