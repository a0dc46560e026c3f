/* Every setting, from the files to the struct; and what holds for a service. */
#include "config.h"

#include <malloc.h>
#include <string.h>
#include <sys/resource.h>

#include "common/conf.h"
#include "tests/support/settings_text.h"

struct files {
	struct scratch s;
	char conf[SCRATCH_PATH], vendor[SCRATCH_PATH];
	struct settings *out;
	struct err e;
};

static int
set_up(void **state)
{
	struct files *x = calloc(1, sizeof(*x));
	char dir[SCRATCH_PATH];

	assert_non_null(x);
	scratch_make(&x->s);
	scratch_write(&x->s, x->conf, "conf", SETTINGS_LEAST, 0644);
	scratch_path(&x->s, x->vendor, "vendor");
	assert_int_equal(mkdir(scratch_path(&x->s, dir, "conf.d"), 0755), 0);
	*state = x;
	return 0;
}

static int
tear_down(void **state)
{
	struct files *x = *state;

	settings_free(x->out);
	scratch_remove(&x->s);
	free(x);
	return 0;
}

static enum errcode
load(struct files *x)
{
	return settings_load(&x->out, x->vendor, x->conf, getuid(), &x->e);
}

static void
a_later_file_overrides_key_by_key(void **state)
{
	struct files *x = *state;
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, "vendor",
	    "[login]\ntime_limit = 20s\nservices = sshd sudo cockpit\nmin_uid = 500\n"
	    "[service sudo]\ntime_limit = 30s\nprompt = none\n",
	    0644);
	scratch_write(&x->s, path, "conf.d/1.conf",
	    "[login]\ntime_limit = 40s\nallow_groups = b\n[service sudo]\ntime_limit = 50s\n"
	    "[group adm]\ngroups = x y\n[account deploy]\ngroups = x\nusers = u v\n",
	    0644);
	scratch_write(&x->s, path, "conf.d/2.conf",
	    "[login]\nallow_groups = c d\n[group adm]\ngroups = z\n"
	    "[account deploy]\nusers = w\n[account other]\nusers = w\n",
	    0644);
	assert_int_equal(load(x), E_OK);
	assert_int_equal(x->out->login.time_limit, 40);
	assert_int_equal(x->out->login.min_uid, 500);
	assert_int_equal(x->out->demand.allow.groups.n, 2);
	assert_string_equal(x->out->demand.allow.groups.v[0], "c");
	assert_int_equal(x->out->services.n, 3);
	assert_int_equal(x->out->service_count, 1);
	assert_int_equal(x->out->service[0].login.time_limit, 50);
	assert_int_equal(x->out->service[0].login.prompt, SETTINGS_PROMPT_NONE);
	assert_int_equal(x->out->service[0].login.min_uid, 500);
	assert_int_equal(x->out->group_count, 1);
	assert_int_equal(x->out->group[0].groups.n, 1);
	assert_string_equal(x->out->group[0].groups.v[0], "z");
	assert_int_equal(x->out->account_count, 2);
	assert_string_equal(x->out->account[0].who.groups.v[0], "x");
	assert_int_equal(x->out->account[0].who.users.n, 1);
	assert_string_equal(x->out->account[0].who.users.v[0], "w");
}

static void
an_error_names_the_file_that_it_stands_in(void **state)
{
	struct files *x = *state;
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, "conf.d/1.conf", "[login]\nflow = no\n", 0644);
	assert_int_equal(load(x), E_CFG);
	assert_null(x->out);
	assert_int_equal(strncmp(x->e.text, path, strlen(path)), 0);
	assert_int_equal(strncmp(x->e.text + strlen(path), ":2: flow", 8), 0);
}

static void
a_bad_value_is_an_error_where_a_later_file_overrides_it_too(void **state)
{
	struct files *x = *state;
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, "vendor", "[login]\nflow = no\n", 0644);
	scratch_write(&x->s, path, "conf.d/1.conf", "[login]\nflow = auto\n", 0644);
	assert_int_equal(load(x), E_CFG);
	assert_non_null(strstr(x->e.text, "/vendor:2: flow"));
}

static void
the_vendors_sections_go_with_a_service_that_is_left_out(void **state)
{
	struct files *x = *state;
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, "vendor", "[service cockpit]\ntime_limit = 25s\n", 0644);
	scratch_write(&x->s, path, "conf.d/1.conf", "[login]\nservices = sshd\n", 0644);
	assert_int_equal(load(x), E_OK);
	assert_int_equal(x->out->service_count, 0);
	assert_false(settings_serves(x->out, "cockpit"));
	scratch_write(&x->s, path, "conf.d/2.conf", "[service cockpit]\ntime_limit = 25s\n", 0644);
	settings_free(x->out);
	x->out = NULL;
	assert_int_equal(load(x), E_OK);
	assert_int_equal(x->out->warnings.n, 1);
	assert_non_null(strstr(x->out->warnings.v[0], "2.conf:1: [service cockpit] has no effect"));
}

/* A file of the source tree, with a mode of our own: a checkout's may be anything. */
static void
copy(struct files *x, const char *from, const char *to)
{
	const char *top = getenv("top_srcdir");
	char text[4096], path[SCRATCH_PATH];
	size_t len;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", top == NULL ? "." : top, from);
	assert_non_null(f = fopen(path, "r"));
	len = fread(text, 1, sizeof(text), f);
	(void)fclose(f);
	assert_in_range(len, 1, sizeof(text) - 1);
	scratch_bytes(&x->s, path, to, text, len, 0644);
}

static void
what_this_package_installs_and_shows_loads(void **state)
{
	struct files *x = *state;

	copy(x, "packaging/latchkey.conf", "vendor");
	assert_int_equal(load(x), E_OK);
	assert_int_equal(settings_login_for(x->out, "login")->time_limit, 50);
	assert_int_equal(settings_login_for(x->out, "cockpit")->time_limit, 25);
	assert_int_equal(x->out->services.n, 6);
	settings_free(x->out);
	x->out = NULL;
	copy(x, "packaging/examples/latchkey.conf", "conf");
	if (load(x) != E_OK)
		fail_msg("%s", x->e.text);
	assert_string_equal(x->out->provider.issuer, "https://auth.example.com");
	assert_string_equal(x->out->demand.allow.groups.v[1], "Domain Admins");
	assert_int_equal(x->out->group_count, 2);
}

/* Like a secret or a ca_file over its size: the operator's, so not what a caller's limits bring
 * about. */
static void
a_file_over_its_size_is_a_fault_of_the_configuration(void **state)
{
	static const char *const name[] = { "vendor", "conf", "conf.d/1.conf" };
	struct files *x = *state;
	char path[SCRATCH_PATH], *big = malloc(CONF_FILE_MAX + 1);

	assert_non_null(big);
	memset(big, '\n', CONF_FILE_MAX + 1);
	for (size_t i = 0; i < 3; i++) {
		x->e = (struct err){ .code = E_OK };
		scratch_bytes(&x->s, path, name[i], big, CONF_FILE_MAX + 1, 0644);
		assert_int_equal(load(x), E_CFG);
		assert_string_equal(x->e.reason, "cfg.file.size");
		scratch_write(&x->s, path, name[i], i == 1 ? SETTINGS_LEAST : "", 0644);
		assert_int_equal(load(x), E_OK);
		settings_free(x->out);
		x->out = NULL;
	}
	free(big);
}

static void
a_lack_of_descriptors_is_no_fault_of_the_configuration(void **state)
{
	struct files *x = *state;
	struct rlimit old, none;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = old;
	none.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	x->e.code = load(x);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(x->e.code, E_SYS);
	x->e.code = E_OK;
	assert_int_equal(load(x), E_OK);
}

static void
services_come_in_families(void **state)
{
	struct settings *s = settings_text_good(
	    SETTINGS_LEAST "services = sshd sudo login\n[service sudo]\ntime_limit = 30s\n"
	                   "allow_groups = admins\n[service login]\ntime_limit = 40s\n");
	const struct settings_demand *d[2];

	(void)state;
	assert_string_equal(settings_family("sudo-i"), "sudo");
	assert_string_equal(settings_family("su-l"), "su");
	assert_string_equal(settings_family("remote"), "login");
	assert_string_equal(settings_family("sshd"), "sshd");
	assert_true(settings_serves(s, "sudo-i"));
	assert_true(settings_serves(s, "remote"));
	assert_false(settings_serves(s, "su"));
	assert_false(settings_serves(s, "su-l"));
	assert_false(settings_serves(s, "sud"));
	assert_false(settings_serves(s, ""));
	assert_int_equal(settings_login_for(s, "sudo-i")->time_limit, 30);
	settings_demands(s, "sudo-i", d);
	assert_ptr_equal(d[0], &s->demand);
	assert_string_equal(d[1]->allow.groups.v[0], "admins");
	assert_int_equal(settings_login_for(s, "remote")->time_limit, 40);
	assert_ptr_equal(settings_login_for(s, "sshd"), &s->login);
	settings_demands(s, "sshd", d);
	assert_null(d[1]);
	settings_free(s);
}

static void
accounts_and_provider_groups_are_found_by_their_whole_name(void **state)
{
	struct settings *s =
	    settings_text_good(SETTINGS_LEAST "[account deploy]\ngroups = ops a\n");

	(void)state;
	assert_ptr_equal(settings_account_for(s, "deploy"), &s->account[0]);
	assert_null(settings_account_for(s, "deplo"));
	assert_null(settings_account_for(s, "Deploy"));
	assert_int_equal(settings_group_index(s, "a"), 0);
	assert_int_equal(settings_group_index(s, "linux-users"), 1);
	assert_int_equal(settings_group_index(s, "ops"), 2);
	assert_int_equal(settings_group_index(s, "op"), -1);
	assert_int_equal(settings_group_index(s, ""), -1);
	settings_free(s);
}

static void
nothing_is_freed_without_complaint(void **state)
{
	(void)state;
	settings_free(NULL);
}

/* All of them at once, each with its place; and nothing to work with. */
static void
a_survey_lists_every_mistake(void **state)
{
	static const char *const mistake[] = {
		"conf:2: unknown key isuer in [provider]",
		"conf:6: found \"Flow = auto\"",
		"conf:7: time_limit: found \"5\"",
		"conf:8: unknown section [servce]",
		"conf:10: \"Sudo\" cannot be a PAM service",
		"conf.d/1.conf:2: allow_groups is no key of [provider]; it belongs in [login]",
		"conf: issuer is missing in [provider]",
		"conf:11: [account deploy] names nobody",
	};
	struct files *x = *state;
	struct faults f = { .v = NULL };
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, "conf",
	    "[provider]\nisuer = https://a.example\nclient_id = x\n[login]\nallow_groups = g\n"
	    "Flow = auto\ntime_limit = 5\n[servce]\nx = 1\n[service Sudo]\n[account deploy]\n",
	    0644);
	scratch_write(&x->s, path, "conf.d/1.conf", "[provider]\nallow_groups = g\n", 0644);
	assert_int_equal(settings_survey(&x->out, &f, x->vendor, x->conf, getuid(), &x->e), E_OK);
	assert_null(x->out);
	for (size_t i = 0; i < sizeof(mistake) / sizeof(mistake[0]); i++) {
		size_t at = 0;

		while (at < f.n && strstr(f.v[at].text, mistake[i]) == NULL)
			at++;
		if (at == f.n)
			fail_msg("not listed: %s", mistake[i]);
	}
	assert_int_equal(f.n, sizeof(mistake) / sizeof(mistake[0]));
	faults_clear(&f);
}

static void
a_survey_of_valid_settings_is_loading_them(void **state)
{
	struct files *x = *state;
	struct faults f = { .v = NULL };

	assert_int_equal(settings_survey(&x->out, &f, x->vendor, x->conf, getuid(), &x->e), E_OK);
	assert_int_equal(f.n, 0);
	assert_non_null(x->out);
}

#define WARM 20
#define LOADS 2000

/* Every setting that has memory of its own, so that one more which settings_free forgets is seen.
 */
static void
what_was_loaded_is_freed(void **state)
{
	struct files *x = *state;
	size_t before = 0;
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, "conf.d/1.conf",
	    "[provider]\nname = n\nstrip_domain = example.com\nextra_origins = https://a.example\n"
	    "verification_origins = https://b.example\ntrusted_audiences = t\n"
	    "http_proxy = http://p.example:3128\nclient_key_id = k\n"
	    "device_authorization_endpoint = https://c.example/d\n"
	    "[login]\ndeny_groups = d\nrequire_acr = 1\nrequire_amr = mfa\nroot_groups = r\n"
	    "[service sudo]\nallow_users = u\nignore_users = i\n"
	    "[account deploy]\ngroups = g\nusers = u\n[group docker]\ngroups = g\n",
	    0644);
	for (int i = 0; i < WARM + LOADS; i++) {
		if (i == WARM)
			before = mallinfo2().uordblks;
		assert_int_equal(load(x), E_OK);
		settings_free(x->out);
		x->out = NULL;
	}
	/* a block is 32 bytes, and libc keeps some at hand; a sanitizer's counts nothing here, and
	 * needs not */
	assert_true(mallinfo2().uordblks < before + LOADS * 16 || before == 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_later_file_overrides_key_by_key),
		T(an_error_names_the_file_that_it_stands_in),
		T(a_bad_value_is_an_error_where_a_later_file_overrides_it_too),
		T(the_vendors_sections_go_with_a_service_that_is_left_out),
		T(what_this_package_installs_and_shows_loads),
		T(a_file_over_its_size_is_a_fault_of_the_configuration),
		T(a_lack_of_descriptors_is_no_fault_of_the_configuration),
		cmocka_unit_test(services_come_in_families),
		cmocka_unit_test(accounts_and_provider_groups_are_found_by_their_whole_name),
		cmocka_unit_test(nothing_is_freed_without_complaint),
		T(a_survey_lists_every_mistake),
		T(a_survey_of_valid_settings_is_loading_them),
		T(what_was_loaded_is_freed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
