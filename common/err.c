/* Error values: class, reason id, sentence. */
#include "config.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "common/err.h"

#undef err_set /* what analyzers see of it */

enum errcode
err_set(struct err *e, enum errcode code, const char *reason, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL || e->code != E_OK)
		return code;
	e->code = code;
	(void)snprintf(e->reason, sizeof(e->reason), "%s", reason == NULL ? "" : reason);
	va_start(ap, fmt);
	(void)vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return code;
}

const char *
err_reason(const struct err *e)
{
	return e->reason[0] != '\0' ? e->reason : err_name(e->code);
}

const char *
err_name(enum errcode code)
{
	static const char *const name[] = { "ok", "nomem", "sys", "timeout", "closed", "limit",
		"format", "cfg", "net", "tls", "proto", "keys", "tok", "clm", "cb", "deny", "exp",
		"name", "pol", "conv", "busy", "unknown" };
	size_t i = (size_t)code;

	_Static_assert(sizeof(name) / sizeof(name[0]) == E_UNKNOWN + 1, "one name a class");
	return i < sizeof(name) / sizeof(name[0]) ? name[i] : "invalid";
}
