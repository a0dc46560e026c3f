/* Whether a login ended as its scenario says. */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tests/helper/hostile/judge.h"

#define SECRET_MIN 8 /* shorter ones are found by accident */
#define SECRET_PART 16

static bool no(struct judge *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool
no(struct judge *j, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(j->why, sizeof(j->why), fmt, ap);
	va_end(ap);
	return false;
}

static const char *
text(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

bool
judge_is_golden(const json_t *scenario)
{
	const char *class_name = text(scenario, "class");

	return strcmp(class_name, "OK") == 0 || strcmp(class_name, "REQ") == 0;
}

/*
 * The verdict of a class (design section 6). After the code was shown nonsense refuses: whoever
 * approved chose what the answers hold, and must not choose that the stack goes on to passwords
 * (helper/worker/flow_device.c).
 */
static bool
is_verdict_of(const char *class_name, bool shown, enum msg_verdict v)
{
	static const struct {
		const char *class_name;
		enum msg_verdict before, after;
	} table[] = {
		{ "OK", MSG_ALLOW, MSG_ALLOW },
		{ "REQ", MSG_ALLOW, MSG_ALLOW },
		{ "CFG", MSG_UNAVAILABLE, MSG_UNAVAILABLE },
		{ "NET", MSG_UNAVAILABLE, MSG_UNAVAILABLE },
		{ "TLS", MSG_UNAVAILABLE, MSG_UNAVAILABLE },
		{ "PROTO", MSG_UNAVAILABLE, MSG_REFUSED },
		{ "BUSY", MSG_TOO_OFTEN, MSG_TOO_OFTEN },
		{ "CB", MSG_REFUSED, MSG_REFUSED },
		{ "KEYS", MSG_REFUSED, MSG_REFUSED },
		{ "TOK", MSG_REFUSED, MSG_REFUSED },
		{ "CLM", MSG_REFUSED, MSG_REFUSED },
		{ "DENY", MSG_REFUSED, MSG_REFUSED },
		{ "EXP", MSG_REFUSED, MSG_REFUSED },
		{ "NAME", MSG_REFUSED, MSG_REFUSED },
		{ "POL", MSG_FORBIDDEN, MSG_FORBIDDEN },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].class_name, class_name) == 0)
			return v == (shown ? table[i].after : table[i].before);
	return false;
}

static bool
judge_outcome(struct judge *j)
{
	const struct login *l = j->login;
	const char *class_name = text(j->scenario, "class"),
	           *reason = judge_is_golden(j->scenario) ? "ok" : text(j->scenario, "reason");

	if (!is_verdict_of(class_name, l->asked, l->verdict) || strcmp(l->reason, reason) != 0)
		return no(j, "%s %s, expected %s %s", login_verdict_name(l->verdict), l->reason,
		    class_name, reason);
	return judge_is_golden(j->scenario) || reasons_is_of(j->reasons, reason, class_name) ||
	    no(j, "%s is not of class %s in doc/reasons.md", reason, class_name);
}

/* The worst that a terminal or a log can be given is a byte that it obeys. */
static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s != '\n' && ((unsigned char)*s < 0x20 || (unsigned char)*s > 0x7e))
			return false;
	return true;
}

/* Whole or any part of it. */
static bool
is_told(const struct judge *j, const char *shown, const char *secret)
{
	size_t len = strlen(secret);
	char part[SECRET_PART + 1];

	if (len < SECRET_MIN)
		return false;
	for (size_t at = 0; at == 0 || at + SECRET_PART <= len; at++) {
		(void)snprintf(part, sizeof(part), "%s", secret + at);
		if (strstr(shown, part) != NULL || strstr(j->log, part) != NULL)
			return true;
	}
	return false;
}

/* One request of the journal, raw: pairs of [name, value]. */
static bool
has_leaked(const struct judge *j, const char *shown, const json_t *request)
{
	static const char *const where[] = { "form", "headers" };
	static const char *const names[] = { "device_code", "client_secret", "nonce",
		"code_verifier", "authorization" };

	for (size_t w = 0; w < 2; w++) {
		const json_t *pairs = json_object_get(request, where[w]);

		for (size_t i = 0; i < json_array_size(pairs); i++) {
			const json_t *pair = json_array_get(pairs, i);
			const char *name = json_string_value(json_array_get(pair, 0)),
			           *value = json_string_value(json_array_get(pair, 1));
			const char *blank = value == NULL ? NULL : strchr(value, ' ');

			for (size_t k = 0; name != NULL && value != NULL && k < 5; k++)
				if (strcasecmp(name, names[k]) == 0 &&
				    (is_told(j, shown, value) ||
				        (blank != NULL && is_told(j, shown, blank + 1))))
					return true;
		}
	}
	return false;
}

static bool
judge_words(struct judge *j)
{
	const char *shown = buf_cstr(j->login->shown);
	json_t *journal = process_lines(j->mock, "journal raw");
	bool leaked = false;

	for (size_t i = 0; i < json_array_size(journal); i++)
		leaked = leaked || has_leaked(j, shown, json_array_get(journal, i));
	json_decref(journal);
	if (shown == NULL || journal == NULL)
		return no(j, "no texts or no journal");
	if (!is_plain(shown) || !is_plain(j->log))
		return no(j, "a byte that is not printable in what was shown or logged");
	/* how every JSON object begins in base64url */
	if (leaked || strstr(shown, "eyJ") != NULL || strstr(j->log, "eyJ") != NULL)
		return no(j, "a secret, a code or a token in what was shown or logged");
	return true;
}

/* One line a login, and the reason in it is the one that the module got. */
static bool
judge_log(struct judge *j)
{
	char reason[ERR_REASON_MAX + 16];
	const char *line = strstr(j->log, "verdict=");

	(void)snprintf(reason, sizeof(reason), " reason=%s ", j->login->reason);
	if (line == NULL || strstr(line, reason) == NULL)
		return no(j, "the log does not say%s: %.200s", reason, j->log);
	return strstr(line + 1, "verdict=") == NULL || no(j, "two verdicts in the log");
}

static bool
judge_journal(struct judge *j)
{
	const json_t *then = json_object_get(j->scenario, "then");
	char line[300], why[200] = "";
	size_t n = j->journal ? json_array_size(then) : 0;

	for (size_t i = 0; i < n + !j->led_away; i++) {
		const char *what =
		    i < n ? json_string_value(json_array_get(then, i)) : "never evil";

		(void)snprintf(line, sizeof(line), "expect %s", what);
		if (!process_ask(j->mock, line, why, sizeof(why)))
			return no(j, "%s: %s", line, why);
	}
	return true;
}

bool
judge(struct judge *j)
{
	const struct login *l = j->login;

	if (!judge_outcome(j) || !judge_log(j) || !judge_words(j) || !judge_journal(j))
		return false;
	if (l->ms > j->limit_ms)
		return no(j, "%" PRId64 " ms, at most %" PRId64, l->ms, j->limit_ms);
#ifndef __SANITIZE_ADDRESS__ /* whose memory is its own affair */
	if (l->kib > JUDGE_KIB)
		return no(j, "%ld KiB resident, at most %d", l->kib, JUDGE_KIB);
#endif
	return true;
}
