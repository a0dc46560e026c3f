/* A host of the module: a PAM handle over a service file of its own, a conversation that a test
 * scripts, a root that is not needed. */
#ifndef TESTS_COMPONENT_HOST_H
#define TESTS_COMPONENT_HOST_H

#include <security/pam_appl.h>
#include <stdbool.h>
#include <sys/types.h>

/* What the stack gives where the module gave PAM_IGNORE. */
#define HOST_AUTH_IGNORED PAM_ABORT
#define HOST_ACCT_IGNORED PAM_AUTH_ERR
#define HOST_PASSWORD_IGNORED PAM_AUTHTOK_ERR

struct host {
	pam_handle_t *pamh;
	char dir[64];       /* of the test: pam.d/t, script, report */
	const char *answer; /* to every prompt; NULL: end of file */
	int conv_code;      /* what the conversation returns */
	char seen[8192];    /* every message, a line each: "1 text" with the style's number */
	size_t calls;
	bool no_conv;
	void (*while_asked)(void); /* runs inside the conversation */
};

/* The module, below the build's top. */
extern const char *host_module;

/* What the module believes of its process: geteuid and the supplementary groups. */
extern uid_t host_euid;
extern gid_t host_groups[64];
extern int host_group_count;
extern bool host_setgroups_fails;

/* A fresh directory and handle for user "alice", service "t", with this script. */
void host_begin(struct host *h, const char *script, const char *extra_args);
void host_end(struct host *h);

/* Another script for the next call on the same handle. */
void host_script(const struct host *h, const char *script);

/* Path of a file of the test, in a buffer that the next call overwrites. */
const char *host_path(const struct host *h, const char *name);

/* The whole file as text; "" when there is none. In a buffer that the next call overwrites. */
const char *host_read(const struct host *h, const char *name);

#endif
