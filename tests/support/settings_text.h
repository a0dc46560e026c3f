/* Settings from text, through the same door as the product's. */
#ifndef TESTS_SUPPORT_SETTINGS_TEXT_H
#define TESTS_SUPPORT_SETTINGS_TEXT_H

#include "helper/settings.h"
#include "tests/support/scratch.h"

#define SETTINGS_PROVIDER_TEXT                                                                     \
	"[provider]\nissuer = https://auth.example.com\nclient_id = linux-login\n"
#define SETTINGS_LOGIN_TEXT "[login]\nallow_groups = linux-users\n"
#define SETTINGS_LEAST SETTINGS_PROVIDER_TEXT SETTINGS_LOGIN_TEXT

/* Loads text as the main file, without a vendor's. The error's text begins behind the folder. */
static inline enum errcode
settings_text_load(struct settings **out, const char *text, struct err *e)
{
	char path[SCRATCH_PATH], cut[ERR_TEXT_MAX];
	struct scratch s;
	enum errcode r;
	const char *at;

	*e = (struct err){ .code = E_OK };
	scratch_make(&s);
	r = settings_load(out, NULL, scratch_write(&s, path, "conf", text, 0644), getuid(), e);
	if ((at = strstr(e->text, s.dir)) == e->text) {
		(void)snprintf(cut, sizeof(cut), "%s", at + strlen(s.dir) + 1);
		(void)snprintf(e->text, sizeof(e->text), "%s", cut);
	}
	scratch_remove(&s);
	return r;
}

static inline struct settings *
settings_text_good(const char *text)
{
	struct settings *s = NULL;
	struct err e;

	if (settings_text_load(&s, text, &e) != E_OK)
		fail_msg("%s", e.text);
	return s;
}

/* The text is refused as configuration with this sentence, which begins with its place. */
static inline void
settings_text_bad(const char *text, const char *reason, const char *sentence)
{
	struct settings *s = NULL;
	struct err e;

	assert_int_equal(settings_text_load(&s, text, &e), E_CFG);
	assert_null(s);
	assert_int_equal(e.code, E_CFG);
	assert_string_equal(e.reason, reason);
	if (strncmp(e.text, sentence, strlen(sentence)) != 0)
		fail_msg("found    %s\nexpected %s", e.text, sentence);
}

#endif
