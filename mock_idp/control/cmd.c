/* What commands answer with. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "mock_idp/control/cmd.h"

#define WHY_MAX 1024

json_t *
cmd_ok(void)
{
	return json_pack("{s:b}", "ok", 1);
}

json_t *
cmd_failed(const char *why)
{
	char safe[WHY_MAX];
	size_t len = strlen(why);

	/* words of the command are in some of them */
	if (!text_is_utf8(why, len))
		why = text_escape(safe, sizeof(safe), why, len);
	return json_pack("{s:b, s:s}", "ok", 0, "error", why);
}

json_t *
cmd_failed_with(const char *fmt, ...)
{
	char why[WHY_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return cmd_failed(why);
}

json_t *
cmd_ok_code(const struct code *c)
{
	return json_pack("{s:b, s:s}", "ok", 1, "user_code", c->user);
}
