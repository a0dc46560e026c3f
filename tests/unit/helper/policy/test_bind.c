/* Whose a personal account is: each refusal beside what passes. The name itself: test_verdict.c. */
#include "config.h"

#include <string.h>

#include "helper/policy/bind.h"
#include "tests/support/identity_of.h"

static const char *const nowhere[] = { NULL };
static const struct pin alice = {
	.bound = true, .issuer = "https://auth.example.com", .sub = "8c2a-f0"
};
static const struct err unknown = {
	.code = E_SYS, .reason = "pin.read", .text = "/var/lib/latchkey/pins: alice: EIO"
};

struct world {
	struct settings *s;
	struct identity id;
	struct bind_account a;
	struct pin pin;
};

static int
set_up(void **state)
{
	static struct world w;

	w = (struct world){ .s = settings_text_good(SETTINGS_LEAST "root_groups = kvm\n") };
	w.id = identity_of(w.s, nowhere);
	w.a = (struct bind_account){ .exists = true, .uid = 1000, .pin = &w.pin };
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	settings_free(((struct world *)*state)->s);
	return 0;
}

static void
a_person_is_the_name_without_its_domain(void **state)
{
	static const struct {
		const char *domain, *name, *person;
	} row[] = {
		{ NULL, "alice", "alice" },
		{ NULL, "Jo Doe", "Jo Doe" },
		{ NULL, "", NULL },
		{ "example.com", "alice@example.com", "alice" },
		{ "example.com", "a b@example.com", "a b" },
		{ "example.com", "alice@example.org", NULL },
		{ "example.com", "alice", NULL },
		{ "example.com", "a@b@example.com", "a@b" },
	};
	struct world *w = *state;
	char local[IDENTITY_NAME_MAX];

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *got;

		free(w->s->provider.strip_domain);
		w->s->provider.strip_domain = row[i].domain == NULL ? NULL : strdup(row[i].domain);
		(void)snprintf(w->id.name, sizeof(w->id.name), "%s", row[i].name);
		w->id.has_name = true;
		got = bind_person(w->s, &w->id, local);
		assert_true((got == NULL) == (row[i].person == NULL));
		if (got != NULL)
			assert_string_equal(got, row[i].person);
		w->id.has_name = false;
		assert_null(bind_person(w->s, &w->id, local));
	}
}

/* H-41 */
static void
no_name_opens_a_system_account(void **state)
{
	static const uint32_t bad[] = { 0, 999, 61184, 65534, 65535, UINT32_MAX };
	struct world *w = *state;
	struct err e;

	assert_int_equal(bind_uid(&w->s->login, "alice", &w->a, NULL), E_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		e = (struct err){ .code = E_OK };
		w->a.uid = bad[i];
		assert_int_equal(bind_uid(&w->s->login, "alice", &w->a, &e), E_NAME);
		assert_string_equal(e.reason, "usr.system");
	}
}

/* H-44 */
static void
an_account_as_good_as_root_needs_an_approval(void **state)
{
	static char users[] = "users", kvm[] = "kvm";
	char *own[] = { users, kvm };
	const struct strlist harmless = { own, 1 }, root = { own, 2 };
	struct world *w = *state;
	struct err e = { .code = E_OK };

	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, NULL), E_OK);
	w->a.groups = &harmless;
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, NULL), E_OK);
	w->a.groups = &root;
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, &e), E_POL);
	assert_string_equal(e.reason, "pol.ceiling");
	assert_non_null(strstr(e.text, "local group kvm"));
	assert_non_null(strstr(e.text, "latchkey pin alice"));
	w->a.pin = NULL;
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, NULL), E_POL);
	w->a.pin = &w->pin;
	w->pin = alice; /* who came first is not who was approved */
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, NULL), E_POL);
	w->pin.approved = true;
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, NULL), E_OK);
	w->a.pin_failure = &unknown;
	e = (struct err){ .code = E_OK };
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, &e), E_SYS);
	assert_string_equal(e.reason, "pin.read");
	w->a.groups = &harmless;
	assert_int_equal(bind_ceiling(w->s, "alice", &w->a, NULL), E_OK);
}

/* C-098, H-42: every setting, record and kind of account */
static void
issuer_and_subject_are_those_on_record(void **state)
{
	enum { NONE, OPEN, SAME, SUB, ISSUER, LOST, ELSE, BOTH };
	static char kvm[] = "kvm";
	char *own[] = { kvm };
	const struct strlist root = { own, 1 };
	static const struct {
		enum settings_pin set;
		bool root;
		int record;
		const char *reason;
		enum bind_state state;
	} row[] = {
		{ SETTINGS_PIN_YES, false, NONE, NULL, BIND_FIRST },
		{ SETTINGS_PIN_YES, false, OPEN, NULL, BIND_FIRST },
		{ SETTINGS_PIN_YES, false, SAME, NULL, BIND_PINNED },
		{ SETTINGS_PIN_YES, false, SUB, "pin.sub", BIND_PINNED },
		{ SETTINGS_PIN_YES, false, ISSUER, "pin.issuer", BIND_PINNED },
		{ SETTINGS_PIN_YES, false, LOST, "pin.read", BIND_PINNED },
		{ SETTINGS_PIN_YES, false, ELSE, "pin.elsewhere", BIND_PINNED },
		{ SETTINGS_PIN_YES, false, BOTH, NULL, BIND_PINNED },
		{ SETTINGS_PIN_WARN, false, ELSE, NULL, BIND_WARNED },
		{ SETTINGS_PIN_NO, false, ELSE, NULL, BIND_PINNED },
		{ SETTINGS_PIN_NO, true, ELSE, "pin.elsewhere", BIND_PINNED },
		{ SETTINGS_PIN_WARN, false, NONE, NULL, BIND_FIRST },
		{ SETTINGS_PIN_WARN, false, SAME, NULL, BIND_PINNED },
		{ SETTINGS_PIN_WARN, false, SUB, NULL, BIND_WARNED },
		{ SETTINGS_PIN_WARN, false, ISSUER, NULL, BIND_WARNED },
		{ SETTINGS_PIN_WARN, false, LOST, "pin.read", BIND_PINNED },
		{ SETTINGS_PIN_NO, false, NONE, NULL, BIND_PINNED },
		{ SETTINGS_PIN_NO, false, SUB, NULL, BIND_PINNED },
		{ SETTINGS_PIN_NO, false, LOST, NULL, BIND_PINNED },
		/* what latchkey pin approved is a person's, whatever pin says */
		{ SETTINGS_PIN_NO, true, OPEN, NULL, BIND_FIRST },
		{ SETTINGS_PIN_NO, true, SAME, NULL, BIND_PINNED },
		{ SETTINGS_PIN_NO, true, SUB, "pin.sub", BIND_PINNED },
		{ SETTINGS_PIN_NO, true, LOST, "pin.read", BIND_PINNED },
		{ SETTINGS_PIN_WARN, true, SUB, "pin.sub", BIND_PINNED },
		{ SETTINGS_PIN_WARN, true, ISSUER, "pin.issuer", BIND_PINNED },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct err e = { .code = E_OK };
		enum bind_state got = BIND_WARNED;
		int n = row[i].record;
		enum errcode r;

		w->pin = (n >= SAME && n <= ISSUER) || n == BOTH
		    ? alice
		    : (struct pin){ .approved = n == OPEN };
		if (n == SUB)
			(void)strcpy(w->pin.sub, "8c2a-f1");
		if (n == ISSUER)
			(void)strcpy(w->pin.issuer, "https://old.example.com");
		w->a.elsewhere = n >= ELSE ? "alicia" : NULL;
		w->a.pin_failure = n == LOST ? &unknown : NULL;
		w->a.groups = row[i].root ? &root : NULL;
		w->s->login.pin = row[i].set;
		r = bind_pin(&got, w->s, &w->s->login, &w->id, "alice", &w->a, &e);
		if (row[i].reason == NULL)
			assert_int_equal(r, E_OK);
		else
			assert_string_equal(e.reason, row[i].reason);
		assert_int_equal(r, row[i].reason == NULL ? E_OK : n == LOST ? E_SYS : E_NAME);
		assert_int_equal(got, row[i].state);
		if (n == SUB && r != E_OK)
			assert_non_null(strstr(e.text, "latchkey forget alice"));
		if (n == ELSE && r != E_OK)
			assert_non_null(strstr(e.text, "latchkey forget alicia"));
		if (n == ISSUER && r != E_OK)
			assert_non_null(strstr(
			    e.text, "latchkey forget --all --issuer https://old.example.com"));
	}
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_person_is_the_name_without_its_domain),
		T(no_name_opens_a_system_account),
		T(an_account_as_good_as_root_needs_an_approval),
		T(issuer_and_subject_are_those_on_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
