/* A small login: the PAM calls of a host in their order, then a command as the user with what the
 * modules gave. */
#include "config.h"

#include <grp.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <security/pam_misc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct login {
	pam_handle_t *pamh;
	const char *service, *user, *rhost;
	char **cmd;
};

static const struct {
	int code;
	const char *name;
} codes[] = {
	{ PAM_SUCCESS, "SUCCESS" },
	{ PAM_SYSTEM_ERR, "SYSTEM_ERR" },
	{ PAM_PERM_DENIED, "PERM_DENIED" },
	{ PAM_AUTH_ERR, "AUTH_ERR" },
	{ PAM_AUTHINFO_UNAVAIL, "AUTHINFO_UNAVAIL" },
	{ PAM_USER_UNKNOWN, "USER_UNKNOWN" },
	{ PAM_MAXTRIES, "MAXTRIES" },
	{ PAM_CONV_ERR, "CONV_ERR" },
	{ PAM_ABORT, "ABORT" },
	{ PAM_IGNORE, "IGNORE" },
	{ PAM_MODULE_UNKNOWN, "MODULE_UNKNOWN" },
};

/* "authenticate AUTH_ERR": what a test looks for. */
static int
step(const char *call, int code)
{
	const char *name = "another code";

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			name = codes[i].name;
	(void)fprintf(stderr, "pamlogin: %s %s (%d)\n", call, name, code);
	return code;
}

/* In the order of login(1) of util-linux: the user's own groups first, then the modules may add. */
static int
become(struct login *l, const struct passwd *pw)
{
	int r;

	if (setgid(pw->pw_gid) != 0 || initgroups(pw->pw_name, pw->pw_gid) != 0) {
		perror("pamlogin");
		return PAM_SYSTEM_ERR;
	}
	if ((r = step("setcred", pam_setcred(l->pamh, PAM_ESTABLISH_CRED))) != PAM_SUCCESS)
		return r;
	if ((r = step("open_session", pam_open_session(l->pamh, 0))) != PAM_SUCCESS)
		return r;
	return step("setcred again", pam_setcred(l->pamh, PAM_REINITIALIZE_CRED));
}

static int
session(struct login *l, const struct passwd *pw)
{
	char **env = pam_getenvlist(l->pamh);
	pid_t pid;
	int st;

	if ((pid = fork()) < 0) {
		perror("pamlogin");
		return 1;
	}
	if (pid == 0) {
		if (setuid(pw->pw_uid) != 0 || env == NULL || chdir("/") != 0)
			_exit(126);
		(void)execve(l->cmd[0], l->cmd, env);
		_exit(127);
	}
	if (waitpid(pid, &st, 0) != pid)
		return 1;
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

static int
login(struct login *l)
{
	const struct passwd *pw;
	int r, rc;

	if ((r = step("authenticate", pam_authenticate(l->pamh, 0))) != PAM_SUCCESS)
		return r;
	if ((r = step("acct_mgmt", pam_acct_mgmt(l->pamh, 0))) != PAM_SUCCESS)
		return r;
	if ((pw = getpwnam(l->user)) == NULL) {
		(void)fprintf(stderr, "pamlogin: no account %s\n", l->user);
		return PAM_USER_UNKNOWN;
	}
	if ((r = become(l, pw)) != PAM_SUCCESS)
		return r;
	rc = session(l, pw);
	(void)step("close_session", pam_close_session(l->pamh, 0));
	(void)step("setcred", pam_setcred(l->pamh, PAM_DELETE_CRED));
	return rc;
}

int
main(int argc, char **argv)
{
	struct pam_conv conv = { misc_conv, NULL };
	struct login l = { 0 };
	int rc;

	if (argc < 5) {
		(void)fprintf(
		    stderr, "usage: pamlogin SERVICE USER RHOST /PATH/TO/COMMAND [ARG...]\n");
		return 2;
	}
	l.service = argv[1];
	l.user = argv[2];
	l.rhost = argv[3];
	l.cmd = argv + 4;
	if (pam_start(l.service, l.user, &conv, &l.pamh) != PAM_SUCCESS ||
	    pam_set_item(l.pamh, PAM_TTY, "pamlogin") != PAM_SUCCESS ||
	    (l.rhost[0] != '\0' && pam_set_item(l.pamh, PAM_RHOST, l.rhost) != PAM_SUCCESS)) {
		(void)fprintf(stderr, "pamlogin: cannot start\n");
		return 2;
	}
	rc = login(&l);
	(void)pam_end(l.pamh, rc);
	return rc;
}
