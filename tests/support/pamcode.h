/* The names of PAM's codes, for what tests print and compare. */
#ifndef TESTS_SUPPORT_PAMCODE_H
#define TESTS_SUPPORT_PAMCODE_H

#include <security/pam_appl.h>
#include <stddef.h>

static inline const char *
pamcode_name(int code)
{
	static const struct {
		int code;
		const char *name;
	} codes[] = {
		{ PAM_SUCCESS, "SUCCESS" },
		{ PAM_SYSTEM_ERR, "SYSTEM_ERR" },
		{ PAM_BUF_ERR, "BUF_ERR" },
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

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return codes[i].name;
	return "another code";
}

#endif
