/* What no single row can tell. */
#include "config.h"

#include <sys/wait.h>

#include <string.h>

#include "helper/identity.h"
#include "helper/settings_check.h"
#include "tests/support/settings_text.h"

static void
refuses_settings_that_are_not_whole(void **state)
{
	(void)state;
	settings_free(settings_text_good(SETTINGS_LEAST));
	settings_text_bad(SETTINGS_LOGIN_TEXT "[provider]\nclient_id = x\n", "cfg.required",
	    "conf: issuer is missing in [provider]; set it to the provider's issuer");
	settings_text_bad(SETTINGS_LOGIN_TEXT "[provider]\nissuer = https://x.example\n",
	    "cfg.required", "conf: client_id is missing in [provider]; set it to");
	settings_text_bad(SETTINGS_PROVIDER_TEXT "[login]\nflow = auto\n", "cfg.required",
	    "conf: allow_groups is missing in [login]; nobody could log in");
	settings_text_bad(SETTINGS_PROVIDER_TEXT "[service sudo]\nallow_groups = x\n",
	    "cfg.required", "conf: allow_groups is missing in [login]");
	settings_free(settings_text_good(SETTINGS_PROVIDER_TEXT "[login]\nallow_users = alice\n"));
	settings_free(
	    settings_text_good(SETTINGS_PROVIDER_TEXT "[account deploy]\nusers = alice\n"));
	settings_text_bad(SETTINGS_LEAST "[account deploy]\n", "cfg.required",
	    "conf:6: [account deploy] names nobody");
	settings_text_bad(SETTINGS_LEAST "[account deploy]\ngroups =\n", "cfg.required",
	    "conf:6: [account deploy] names nobody");
	settings_text_bad("", "cfg.required", "conf: issuer is missing in [provider]");
	settings_text_bad(SETTINGS_LEAST "[provider]\nscopes = profile groups\n", "cfg.value",
	    "conf:7: scopes lacks openid");
}

#define KEY "-----BEGIN PRIVATE KEY-----\ns3cr3t\n"

struct files {
	struct scratch s;
	char conf[SCRATCH_PATH], secret[SCRATCH_PATH], ca[SCRATCH_PATH], key[SCRATCH_PATH];
};

static int
set_up(void **state)
{
	struct files *x = calloc(1, sizeof(*x));

	assert_non_null(x);
	scratch_make(&x->s);
	scratch_write(&x->s, x->secret, "secret", "s3cr3t\n", 0600);
	scratch_write(&x->s, x->ca, "ca.pem", "-----BEGIN", 0644);
	scratch_write(&x->s, x->key, "key.pem", KEY, 0600);
	*state = x;
	return 0;
}

static int
tear_down(void **state)
{
	struct files *x = *state;

	scratch_remove(&x->s);
	free(x);
	return 0;
}

/* Loads the least settings with these lines in [provider]; %s stands for the file. */
static enum errcode
load(struct files *x, struct settings **out, struct err *e, const char *auth, const char *key,
    const char *file)
{
	char text[2048];

	(void)snprintf(text, sizeof(text), "%s%sclient_auth = %s\n%s = %s\n", SETTINGS_LOGIN_TEXT,
	    SETTINGS_PROVIDER_TEXT, auth, key, file);
	*e = (struct err){ .code = E_OK };
	*out = NULL;
	scratch_write(&x->s, x->conf, "conf", text, 0644);
	return settings_load(out, NULL, x->conf, getuid(), e);
}

static void
bad(struct files *x, const char *auth, const char *key, const char *file, const char *reason,
    const char *part)
{
	struct settings *s;
	struct err e;

	assert_int_equal(load(x, &s, &e, auth, key, file), E_CFG);
	assert_null(s);
	assert_string_equal(e.reason, reason);
	if (strstr(e.text, part) == NULL)
		fail_msg("found    %s\nexpected %s", e.text, part);
	assert_null(strstr(e.text, "s3cr3t"));
}

static void
a_secret_is_one_line_without_its_newline(void **state)
{
	static const char *const content[] = { "s3cr3t\n", "s3cr3t" };
	struct files *x = *state;
	struct settings *s;
	struct err e;

	for (size_t i = 0; i < 2; i++) {
		scratch_write(&x->s, x->secret, "secret", content[i], 0400);
		assert_int_equal(
		    load(x, &s, &e, "client_secret_post", "client_secret_file", x->secret), E_OK);
		assert_string_equal(s->provider.client_secret, "s3cr3t");
		assert_int_equal(s->provider.client_auth, SETTINGS_AUTH_POST);
		settings_free(s);
		assert_int_equal(unlink(x->secret), 0);
	}
}

static void
refuses_a_secret_that_is_no_secret(void **state)
{
	static const char *const content[] = { "", "\n", "s3cr3t\n\n", "s3cr3t\r\n", "s3cr3t\nx",
		"s3cr3t\xc3\xbc" };
	struct files *x = *state;
	struct settings *s;
	struct err e;
	char longest[515];

	for (size_t i = 0; i < sizeof(content) / sizeof(content[0]); i++) {
		scratch_write(&x->s, x->secret, "secret", content[i], 0600);
		bad(x, "client_secret_basic", "client_secret_file", x->secret, "cfg.secret",
		    "conf:7: client_secret_file: the file must hold one line");
	}
	memset(longest, 'a', sizeof(longest));
	scratch_bytes(&x->s, x->secret, "secret", longest, 513, 0600);
	bad(x, "client_secret_basic", "client_secret_file", x->secret, "cfg.secret", "one line");
	scratch_bytes(&x->s, x->secret, "secret", longest, 514, 0600);
	bad(x, "client_secret_basic", "client_secret_file", x->secret, "cfg.file.size", "larger");
	scratch_bytes(&x->s, x->secret, "secret", longest, 512, 0600);
	assert_int_equal(
	    load(x, &s, &e, "client_secret_basic", "client_secret_file", x->secret), E_OK);
	settings_free(s);
}

static void
refuses_a_secret_file_that_others_can_read(void **state)
{
	static const mode_t mode[] = { 0640, 0604, 0620, 0602, 0610, 0644 };
	struct files *x = *state;

	for (size_t i = 0; i < sizeof(mode) / sizeof(mode[0]); i++) {
		scratch_write(&x->s, x->secret, "secret", "s3cr3t", mode[i]);
		bad(x, "client_secret_basic", "client_secret_file", x->secret, "cfg.file.mode",
		    "conf:7: client_secret_file: ");
	}
	bad(x, "client_secret_basic", "client_secret_file", "/nowhere/x", "cfg.file.missing",
	    "conf:7: client_secret_file: /nowhere/x: No such file");
	bad(x, "client_secret_basic", "client_secret_file", "secret", "cfg.value",
	    "conf:7: client_secret_file: found \"secret\"; expected an absolute path");
}

/* In a child as nobody; mode 0 where that is us already. The monitor (owner 0) never passes it. */
static void
others_pass_over(struct files *x, const char *auth, const char *key, const char *file)
{
	struct settings *s;
	char warning[80];
	struct err e;
	int st = -1;
	pid_t pid;

	(void)snprintf(warning, sizeof(warning), "conf:7: %s was not looked at", key);
	assert_int_equal(load(x, &s, &e, auth, key, file), E_OK);
	assert_int_equal(s->warnings.n, 0);
	settings_free(s);
	assert_int_equal(chmod(x->s.dir, 0755), 0);
	assert_int_equal(chmod(file, 0), 0);
	if ((pid = fork()) == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		if (settings_load(&s, NULL, x->conf, getuid(), &e) != E_OK ||
		    s->provider.client_secret != NULL || s->provider.client_key != NULL ||
		    s->warnings.n != 1 || strstr(s->warnings.v[0], warning) == NULL)
			_exit(3);
		settings_free(s);
		_exit(settings_load(&s, NULL, x->conf, 0, &e) == E_CFG ? 0 : 4);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(WEXITSTATUS(st), 0);
}

static void
a_secret_of_roots_is_passed_over_by_others(void **state)
{
	struct files *x = *state;

	others_pass_over(x, "client_secret_basic", "client_secret_file", x->secret);
	others_pass_over(x, "private_key_jwt", "client_key_file", x->key);
}

static void
secret_key_and_method_belong_together(void **state)
{
	static const char *const secrets[] = { "auto", "client_secret_basic",
		"client_secret_post" };
	struct files *x = *state;
	struct settings *s;
	struct err e;

	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		assert_int_equal(
		    load(x, &s, &e, secrets[i], "client_secret_file", x->secret), E_OK);
		assert_string_equal(s->provider.client_secret, "s3cr3t");
		settings_free(s);
	}
	bad(x, "none", "client_secret_file", x->secret, "cfg.secret",
	    "conf:7: client_secret_file is set, but client_auth is one that uses no secret");
	bad(x, "private_key_jwt", "client_secret_file", x->secret, "cfg.secret",
	    "conf:7: client_secret_file is set, but");
	bad(x, "client_secret_basic", "client_secret_file", "", "cfg.secret",
	    "conf:6: client_auth needs a secret");
	bad(x, "client_secret_post", "name", "x", "cfg.secret",
	    "conf:6: client_auth needs a secret");
	bad(x, "client_secret_jwt", "name", "x", "cfg.secret",
	    "conf:6: client_auth needs a secret");
	bad(x, "private_key_jwt", "name", "x", "cfg.client_key",
	    "conf:6: client_auth needs a key; set client_key_file");
	bad(x, "client_secret_post", "client_key_file", x->key, "cfg.client_key",
	    "conf:7: client_key_file is set, but client_auth is not private_key_jwt");
}

static void
a_key_is_taken_as_the_text_that_it_is(void **state)
{
	static const char *const auth[] = { "auto", "private_key_jwt" };
	struct files *x = *state;
	char both[2 * SCRATCH_PATH + 32];
	struct settings *s;
	struct err e;

	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(load(x, &s, &e, auth[i], "client_key_file", x->key), E_OK);
		assert_string_equal(s->provider.client_key, KEY);
		settings_free(s);
	}
	(void)snprintf(both, sizeof(both), "%s\nclient_secret_file = %s", x->key, x->secret);
	bad(x, "auto", "client_key_file", both, "cfg.client_key",
	    "conf:7: client_key_file and client_secret_file are both set");
}

static void
refuses_a_key_that_is_no_key(void **state)
{
	struct files *x = *state;
	static char longest[16 * 1024 + 1];

	bad(x, "private_key_jwt", "client_key_file", x->secret, "cfg.client_key",
	    "conf:7: client_key_file: the file must hold a private key in PEM");
	scratch_bytes(&x->s, x->key, "key.pem", KEY "\0", sizeof(KEY), 0600);
	bad(x, "private_key_jwt", "client_key_file", x->key, "cfg.client_key", "in PEM");
	memset(longest, 'a', sizeof(longest));
	scratch_bytes(&x->s, x->key, "key.pem", longest, sizeof(longest), 0600);
	bad(x, "private_key_jwt", "client_key_file", x->key, "cfg.file.size", "larger");
	scratch_write(&x->s, x->key, "key.pem", KEY, 0640);
	bad(x, "private_key_jwt", "client_key_file", x->key, "cfg.file.mode",
	    "conf:7: client_key_file: ");
}

/* RFC 7518 section 3.2 */
static void
a_secret_that_signs_has_32_characters(void **state)
{
	static const char whole[] = "s3cr3t-of-32-characters-........";
	struct files *x = *state;
	struct settings *s;
	struct err e;

	scratch_write(&x->s, x->secret, "secret", whole, 0600);
	assert_int_equal(
	    load(x, &s, &e, "client_secret_jwt", "client_secret_file", x->secret), E_OK);
	settings_free(s);
	scratch_write(&x->s, x->secret, "secret", whole + 1, 0600);
	bad(x, "client_secret_jwt", "client_secret_file", x->secret, "cfg.secret",
	    "conf:7: client_secret_file: client_secret_jwt needs a secret of 32 characters");
}

static void
refuses_a_ca_file_that_others_can_write(void **state)
{
	struct files *x = *state;
	struct settings *s;
	struct err e;

	assert_int_equal(load(x, &s, &e, "none", "ca_file", x->ca), E_OK);
	assert_string_equal(s->provider.ca_file, x->ca);
	settings_free(s);
	assert_int_equal(chmod(x->ca, 0664), 0);
	bad(x, "none", "ca_file", x->ca, "cfg.file.mode", "conf:7: ca_file: ");
	bad(x, "none", "ca_file", x->s.dir, "cfg.file.type", "conf:7: ca_file: ");
}

static void
each_provider_group_is_listed_once(void **state)
{
	static const char *const name[] = { "admins", "b", "dev", "ops", "out", "users" };
	struct settings *s = settings_text_good(SETTINGS_PROVIDER_TEXT
	    "[login]\nallow_groups = users b\n[service sudo]\nallow_groups = admins users\n"
	    "deny_groups = out\n[account deploy]\ngroups = ops b\n"
	    "[group docker]\ngroups = dev b\n[group adm]\ngroups = admins\n");

	(void)state;
	assert_int_equal(s->group_names.n, 6);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(s->group_names.v[i], name[i]);
	settings_free(s);
}

/* n names in [login], then one more in a [group] section */
static char *
many(size_t n, const char *more)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	(void)fprintf(f, "%s[login]\nallow_groups =\n", SETTINGS_PROVIDER_TEXT);
	for (size_t i = 0; i < n; i++)
		(void)fprintf(f, " g%zu\n", i);
	(void)fprintf(f, "[group docker]\ngroups = %s\n", more);
	assert_int_equal(fclose(f), 0);
	return text;
}

static void
refuses_more_groups_than_the_worker_can_be_asked_for(void **state)
{
	char *at = many(IDENTITY_GROUPS_MAX, "g7"), *past = many(IDENTITY_GROUPS_MAX, "one-more");
	struct settings *s = settings_text_good(at);

	(void)state;
	assert_int_equal(s->group_names.n, IDENTITY_GROUPS_MAX);
	settings_free(s);
	settings_text_bad(past, "cfg.size",
	    "conf: allow_groups, deny_groups, [account] and [group] sections name more");
	free(at);
	free(past);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_settings_that_are_not_whole),
		T(a_secret_is_one_line_without_its_newline),
		T(refuses_a_secret_that_is_no_secret),
		T(refuses_a_secret_file_that_others_can_read),
		T(a_secret_of_roots_is_passed_over_by_others),
		T(secret_key_and_method_belong_together),
		T(a_key_is_taken_as_the_text_that_it_is),
		T(refuses_a_key_that_is_no_key),
		T(a_secret_that_signs_has_32_characters),
		T(refuses_a_ca_file_that_others_can_write),
		cmocka_unit_test(each_provider_group_is_listed_once),
		cmocka_unit_test(refuses_more_groups_than_the_worker_can_be_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
