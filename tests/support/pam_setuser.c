/* A PAM module for tests: its authenticate says yes and changes PAM_USER to its argument, as no
 * module should. */
#include "config.h"

#define PAM_SM_AUTH
#include <security/pam_modules.h>

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return argc == 1 ? pam_set_item(pamh, PAM_USER, argv[0]) : PAM_SERVICE_ERR;
}

int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}
