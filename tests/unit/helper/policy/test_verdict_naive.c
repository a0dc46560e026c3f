/* The policy said a second time, naively, and 100,000 random logins to compare: no difference. And
 * what must hold for every one of them. H-39 to H-44, C-098, C-099 */
#include "config.h"

#include <string.h>

#include "tests/support/settings_text.h"
#include "tests/support/verdict_property.h"

#define CONFIGURATIONS 500
#define LOGINS 200
#define NOW 1700000000

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const group_pool[] = { "g0", "g1", "Domain Admins", "wheel", "gr\xc3\xbcn" };
static const char *const user_pool[] = { "alice", "bob", "Jo Doe", "root" };
static const char *const method_pool[] = { "mfa", "hwk" };
static const char *const local_pool[] = { "docker", "adm", "root" };
static const char *const own_pool[] = { "users", "docker", "kvm", "wheel" };
static const char *const account_pool[] = { "alice", "bob", "deploy", "root", "Jo Doe", "../x",
	"-rf", "a\nroot", "Alice", "alice.b", "", "abcdefghijklmnopqrstuvwxyz0123456" };
static const uint32_t uid_pool[] = { 0, 1, 499, 500, 999, 1000, 1001, 60000, 61183, 61184, 65519,
	65533, 65534, 65535, 65536, 200000, 2147483647, 2147483648U, 4294967295U };

/* Sets are bits: of group_pool, of user_pool, ... */
struct section {
	unsigned groups, users, deny, methods;
	unsigned min_uid;
	int pin; /* 0 yes, 1 warn, 2 no */
	bool env;
};

struct model {
	struct section login, sudo;
	bool strip, kvm; /* strip_domain = e.org; root_groups = kvm */
	bool has_deploy, has_root;
	unsigned deploy_groups, deploy_users, root_groups, root_users;
	unsigned local[COUNT(local_pool)];
};

/* A login: what the worker reports, what the host knows. */
struct login {
	bool sudo, fresh, has_name, has_groups, exists, lost;
	char name[80], account[80];
	unsigned groups, methods, own;
	uint32_t uid;
	bool approved, bound, same_sub, same_issuer, elsewhere;
};

static uint64_t state = 0x2545f4914f6cdd1dU;

/* xorshift64: the same logins in every run. */
static unsigned
roll(unsigned sides)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % sides;
}

/* Sparse sets, so that refusals come from every rule. */
static unsigned
some(size_t n)
{
	unsigned set = 0;

	for (size_t i = 0; i < n; i++)
		set |= roll(3) == 0 ? 1U << i : 0;
	return set;
}

static void
write_list(FILE *f, const char *key, const char *const *pool, size_t n, unsigned set)
{
	if (set == 0)
		return;
	(void)fprintf(f, "%s =", key);
	for (size_t i = 0; i < n; i++)
		if ((set >> i & 1) != 0)
			(void)fprintf(f, " \"%s\"", pool[i]);
	(void)fputc('\n', f);
}
#define LIST(f, key, pool, set) write_list(f, key, pool, COUNT(pool), set)

static struct section
random_section(bool wide)
{
	static const unsigned floor[] = { 500, 1000, 2000 };

	return (struct section){ .groups = wide ? some(COUNT(group_pool)) | 1 : roll(2) * some(5),
		.users = some(COUNT(user_pool)),
		.deny = roll(3) == 0 ? some(COUNT(group_pool)) : 0,
		.methods = roll(4) == 0 ? some(COUNT(method_pool)) : 0,
		.min_uid = floor[roll(3)],
		.pin = (int)roll(3),
		.env = roll(2) == 0 };
}

static void
write_section(FILE *f, const char *header, const struct section *s)
{
	static const char *const pin[] = { "yes", "warn", "no" };

	(void)fprintf(f, "[%s]\nmin_uid = %u\npin = %s\nsession_env = %s\n", header, s->min_uid,
	    pin[s->pin], s->env ? "yes" : "no");
	LIST(f, "allow_groups", group_pool, s->groups);
	LIST(f, "allow_users", user_pool, s->users);
	LIST(f, "deny_groups", group_pool, s->deny);
	LIST(f, "require_amr", method_pool, s->methods);
}

static struct settings *
random_settings(struct model *m)
{
	struct settings *s;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	*m = (struct model){ .login = random_section(true),
		.sudo = random_section(false),
		.strip = roll(4) == 0,
		.kvm = roll(2) == 0,
		.has_deploy = roll(2) == 0,
		.has_root = roll(3) == 0,
		.deploy_groups = some(COUNT(group_pool)) | 2,
		.deploy_users = some(COUNT(user_pool)),
		.root_groups = some(COUNT(group_pool)),
		.root_users = some(COUNT(user_pool)) | 1 };
	assert_non_null(f);
	(void)fprintf(f, "%s%s", SETTINGS_PROVIDER_TEXT, m->strip ? "strip_domain = e.org\n" : "");
	write_section(f, "login", &m->login);
	(void)fputs(m->kvm ? "root_groups = kvm\n" : "", f);
	write_section(f, "service sudo", &m->sudo);
	if (m->has_deploy) {
		(void)fputs("[account deploy]\n", f);
		LIST(f, "groups", group_pool, m->deploy_groups);
		LIST(f, "users", user_pool, m->deploy_users);
	}
	if (m->has_root) {
		(void)fputs("[account root]\n", f);
		LIST(f, "groups", group_pool, m->root_groups);
		LIST(f, "users", user_pool, m->root_users);
	}
	for (size_t i = 0; i < COUNT(local_pool); i++)
		if ((m->local[i] = some(COUNT(group_pool))) != 0) {
			(void)fprintf(f, "[group %s]\n", local_pool[i]);
			LIST(f, "groups", group_pool, m->local[i]);
		}
	assert_int_equal(fclose(f), 0);
	s = settings_text_good(text);
	free(text);
	return s;
}

static struct login
random_login(const struct model *m)
{
	struct login l = { .sudo = roll(2) == 0,
		.fresh = roll(20) != 0,
		.has_name = roll(20) != 0,
		.has_groups = roll(20) != 0,
		.exists = roll(20) != 0,
		.lost = roll(20) == 0,
		.methods = roll(3) == 0 ? some(COUNT(method_pool)) : 3,
		.uid = roll(2) == 0 ? 3000 : uid_pool[roll(COUNT(uid_pool))],
		.own = roll(2) == 0 ? 1 : some(COUNT(own_pool)),
		.approved = roll(3) == 0,
		.bound = roll(3) != 0,
		.same_sub = roll(3) != 0,
		.same_issuer = roll(5) != 0,
		.elsewhere = roll(6) == 0 };
	const char *name = account_pool[roll(roll(2) == 0 ? 2 : COUNT(account_pool))];
	const char *account = roll(3) != 0 ? name : account_pool[roll(COUNT(account_pool))];

	l.groups = l.has_groups ? some(COUNT(group_pool)) | roll(2) : 0;
	(void)snprintf(l.account, sizeof(l.account), "%s", account);
	(void)snprintf(
	    l.name, sizeof(l.name), "%s%s", name, m->strip && roll(8) != 0 ? "@e.org" : "");
	return l;
}

/* --- the policy, naively */

static bool
is_in(const char *const *pool, size_t n, unsigned set, const char *s)
{
	for (size_t i = 0; i < n; i++)
		if ((set >> i & 1) != 0 && s != NULL && strcmp(pool[i], s) == 0)
			return true;
	return false;
}

static bool
named(const struct login *l, const char *person, unsigned groups, unsigned users)
{
	return (l->groups & groups) != 0 || is_in(user_pool, COUNT(user_pool), users, person);
}

static const char *
person_of(const struct model *m, const struct login *l, char *local)
{
	size_t len = strlen(l->name);

	if (!l->has_name || len == 0)
		return NULL;
	if (!m->strip)
		return l->name;
	if (len < 6 || strcmp(l->name + len - 6, "@e.org") != 0)
		return NULL;
	(void)snprintf(local, 80, "%.*s", (int)(len - 6), l->name);
	return local;
}

static const char *
personal(const struct login *l, const char *person)
{
	if (!l->has_name || l->name[0] == '\0')
		return "usr.none";
	if (person == NULL || !property_name_fits(person))
		return "usr.form";
	return strcmp(person, l->account) == 0 ? NULL : "usr.other";
}

static bool
is_system(uint32_t uid, unsigned floor)
{
	return uid < floor || (uid >= 61184 && uid < 65520) || uid == 65534 || uid == 65535 ||
	    uid >= 2147483648U;
}

static const char *
pinned(const struct model *m, const struct login *l, int pin, bool *writes, bool *warns)
{
	bool root = (l->own & 2) != 0 || (l->own & 8) != 0 || ((l->own & 4) != 0 && m->kvm);

	if (root && l->lost)
		return "pin.read";
	if (root && !l->approved)
		return "pol.ceiling";
	if (pin == 2 && !root)
		return NULL;
	if (l->lost)
		return "pin.read";
	*writes = !l->bound && !l->elsewhere;
	if (*writes || (l->bound && l->same_sub && l->same_issuer))
		return NULL;
	if (pin == 1 && !root) {
		*warns = true;
		return NULL;
	}
	return !l->bound ? "pin.elsewhere" : l->same_issuer ? "pin.sub" : "pin.issuer";
}

/* NULL for a login that is allowed, or the reason that refuses it. */
static const char *
naive(const struct model *m, const struct login *l, bool *writes, bool *warns)
{
	const struct section *over = l->sudo ? &m->sudo : &m->login;
	bool deploy = m->has_deploy && strcmp(l->account, "deploy") == 0;
	bool root = m->has_root && strcmp(l->account, "root") == 0;
	char local[80];
	const char *person = person_of(m, l, local), *no;
	unsigned deny = m->login.deny | (l->sudo ? m->sudo.deny : 0);
	unsigned methods = m->login.methods | (l->sudo ? m->sudo.methods : 0);

	if (!l->fresh)
		return "mon.exp";
	if (!deploy && !root && (no = personal(l, person)) != NULL)
		return no;
	if (!l->exists)
		return "usr.unknown";
	if (!deploy && !root && is_system(l->uid, over->min_uid))
		return "usr.system";
	if ((l->methods & methods) != methods)
		return "pol.amr";
	if (deny != 0 && (!l->has_groups || (l->groups & deny) != 0))
		return "pol.denied";
	if (deploy     ? !named(l, person, m->deploy_groups, m->deploy_users)
	        : root ? !named(l, person, m->root_groups, m->root_users)
	               : !named(l, person, m->login.groups, m->login.users))
		return "pol.group";
	if (l->sudo && (m->sudo.groups | m->sudo.users) != 0 &&
	    !named(l, person, m->sudo.groups, m->sudo.users))
		return "pol.group";
	return deploy || root ? NULL : pinned(m, l, over->pin, writes, warns);
}

/* How often each end was met: a pool from which one never comes proves nothing about it. */
static struct {
	const char *reason;
	unsigned times;
} met[] = { { "ok", 0 }, { "pin.warn", 0 }, { "mon.exp", 0 }, { "usr.none", 0 }, { "usr.form", 0 },
	{ "usr.other", 0 }, { "usr.unknown", 0 }, { "usr.system", 0 }, { "pol.amr", 0 },
	{ "pol.denied", 0 }, { "pol.group", 0 }, { "pol.ceiling", 0 }, { "pin.read", 0 },
	{ "pin.sub", 0 }, { "pin.issuer", 0 }, { "pin.elsewhere", 0 } };

static void
meet(const char *reason)
{
	for (size_t i = 0; i < COUNT(met); i++)
		met[i].times += strcmp(met[i].reason, reason) == 0;
}

/* --- the same login as the product takes it */

static void
to_identity(struct identity *id, const struct settings *s, const struct login *l)
{
	*id = (struct identity){ .login_id = "1",
		.flow = IDENTITY_DEVICE,
		.issuer = "https://auth.example.com",
		.audience = "linux-login",
		.sub = "s-1",
		.alg = "RS256",
		.iat = NOW,
		.exp = l->fresh ? NOW + 60 : NOW - 3600,
		.has_name = l->has_name,
		.has_groups = l->has_groups };
	(void)snprintf(id->name, sizeof(id->name), "%s", l->name);
	for (size_t i = 0; i < COUNT(method_pool); i++)
		if ((l->methods >> i & 1) != 0)
			(void)snprintf(
			    id->amr[id->amr_count++], IDENTITY_AMR_LEN, "%s", method_pool[i]);
	for (size_t i = 0; i < COUNT(group_pool); i++) {
		long at = settings_group_index(s, group_pool[i]);

		if ((l->groups >> i & 1) != 0 && at >= 0)
			identity_set_group(id, (unsigned)at);
	}
}

static void
compare(const struct model *m, const struct settings *s, const struct login *l)
{
	static const struct err lost = { .code = E_SYS, .reason = "pin.read", .text = "lost" };
	bool writes = false, warns = false, env = (l->sudo ? &m->sudo : &m->login)->env;
	const char *want = naive(m, l, &writes, &warns), *broken;
	const struct verdict_login login = { .login_id = "1",
		.service = l->sudo ? "sudo-i" : "sshd",
		.account = l->account,
		.flow = IDENTITY_DEVICE,
		.started = NOW,
		.now = NOW };
	struct pin pin = { .approved = l->approved, .bound = l->bound };
	struct strlist own = { NULL, 0 };
	char *names[COUNT(own_pool)];
	struct bind_account a = { .exists = l->exists,
		.uid = l->uid,
		.groups = &own,
		.pin = &pin,
		.pin_failure = l->lost ? &lost : NULL,
		.elsewhere = l->elsewhere ? "other" : NULL };
	struct identity id;
	struct verdict v;
	size_t earned = 0;

	own.v = names;
	for (size_t i = 0; i < COUNT(own_pool); i++)
		if ((l->own >> i & 1) != 0)
			names[own.n++] = (char *)(uintptr_t)own_pool[i];
	(void)snprintf(pin.issuer, sizeof(pin.issuer), "%s",
	    l->same_issuer ? "https://auth.example.com" : "https://old.example.com");
	(void)snprintf(pin.sub, sizeof(pin.sub), "%s", l->same_sub ? "s-1" : "s-2");
	to_identity(&id, s, l);
	verdict_judge(&v, s, &id, &login, &a);
	meet(v.reason);
	if (strcmp(v.reason, want != NULL ? want : warns ? "pin.warn" : "ok") != 0)
		fail_msg("%s as %s: %s (%s), naively %s", l->name, l->account, v.reason, v.text,
		    want == NULL ? "allowed" : want);
	assert_int_equal(v.decision, want == NULL ? VERDICT_ALLOW : VERDICT_REFUSE);
	for (size_t i = 0; i < COUNT(local_pool); i++)
		if (want == NULL && (l->groups & m->local[i]) != 0) {
			assert_true(strlist_has(&v.groups, local_pool[i]));
			earned++;
		}
	assert_int_equal(v.groups.n, earned);
	assert_int_equal(v.env.n, want == NULL && env ? 2 : 0);
	assert_int_equal(v.pin == BIND_FIRST, want == NULL && writes);
	if ((broken = property_violated(&v, s, &login, &a)) != NULL)
		fail_msg("%s as %s: %s", l->name, l->account, broken);
	verdict_clear(&v);
}

static void
a_second_statement_of_the_policy_decides_the_same(void **unused)
{
	struct model m;

	(void)unused;
	for (int i = 0; i < CONFIGURATIONS; i++) {
		struct settings *s = random_settings(&m);

		for (int j = 0; j < LOGINS; j++) {
			struct login l = random_login(&m);

			compare(&m, s, &l);
		}
		settings_free(s);
	}
	for (size_t i = 0; i < COUNT(met); i++) {
		(void)printf("%-12s %6u\n", met[i].reason, met[i].times);
		assert_true(met[i].times >= 100);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_statement_of_the_policy_decides_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
