/* The providers by name, and no row with a hole in it. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"

static void
each_has_a_name_and_a_line(void **state)
{
	const struct profile *p;
	size_t n;

	(void)state;
	for (n = 0; (p = profile_at(n)) != NULL; n++) {
		assert_non_null(p->name);
		assert_true(strlen(p->says) > 10);
		assert_ptr_equal(profile_find(p->name), p);
	}
	assert_int_equal(n, PROFILES);
	assert_string_equal(profile_at(PROFILE_AUTHELIA)->name, "authelia");
	assert_null(profile_find("okto"));
	assert_null(profile_find(""));
}

/* The endpoints without which nobody can log in; Kanidm has no device flow, and all have codes. */
static void
each_has_its_places(void **state)
{
	static const enum profile_place needed[] = { PLACE_DISCOVERY, PLACE_JWKS, PLACE_TOKEN,
		PLACE_USERINFO, PLACE_AUTHORIZATION };
	const struct profile *p;

	(void)state;
	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		assert_non_null(p->places->issuer);
		assert_non_null(p->places->json_type);
		assert_non_null(p->metadata->oauth);
		for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
			assert_non_null(p->places->path[needed[i]]);
		assert_int_equal(
		    p->places->path[PLACE_DEVICE] == NULL, strcmp(p->name, "kanidm") == 0);
		assert_int_equal(p->places->path[PLACE_DEVICE] == NULL,
		    p->places->path[PLACE_VERIFICATION] == NULL);
		for (size_t i = 0; i < PLACES; i++)
			assert_true(p->places->path[i] == NULL || p->places->path[i][0] == '/');
	}
}

static void
each_has_its_device_answer(void **state)
{
	const struct profile *p;

	(void)state;
	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		const struct profile_device *d = p->device;
		size_t len = strlen(d->form.pattern);

		assert_true(len >= 8 && len < IDS_USER_CODE_SIZE);
		assert_true(strlen(d->form.alphabet) >= 10);
		assert_true(d->form.prefix == NULL || strlen(d->form.prefix) <= 12);
		assert_non_null(d->uri_name);
		assert_non_null(d->code_name);
		assert_true(d->life >= 60 && d->life > d->trim && d->interval >= 5);
	}
}

static void
each_has_an_answer_to_everything(void **state)
{
	const struct profile *p;

	(void)state;
	for (size_t n = 0; (p = profile_at(n)) != NULL; n++)
		for (int o = 0; o < OUTCOMES; o++) {
			const struct profile_answer *a = profile_answer(p, (enum profile_outcome)o);

			assert_true(a->status >= 400 && a->status <= 500);
			assert_non_null(a->error);
		}
}

static void
what_a_row_leaves_out_is_the_rfcs(void **state)
{
	(void)state;
	assert_int_equal(profile_answer(profile_find("google"), OUTCOME_PENDING)->status, 428);
	assert_int_equal(profile_answer(profile_find("google"), OUTCOME_EXPIRED)->status, 400);
	assert_string_equal(
	    profile_answer(profile_find("google"), OUTCOME_EXPIRED)->error, "expired_token");
}

static void
each_has_its_tokens_and_claims(void **state)
{
	const struct profile *p;

	(void)state;
	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		assert_non_null(p->tokens->alg);
		assert_non_null(p->tokens->token_type);
		assert_non_null(p->keys);
		assert_non_null(p->authz);
		/* whom it groups, it groups somewhere; who wants several audiences has an array */
		assert_true(p->claims->groups == GROUPS_NAMES || p->claims->id_groups != NULL ||
		    p->claims->ui_groups != NULL);
		assert_true(p->tokens->aud_more == NULL || p->tokens->aud_array);
	}
}

/* The manual has each with its line, in this order. */
static void
the_manual_lists_them(void **state)
{
	const char *top = getenv("top_srcdir");
	const struct profile *p;
	static char text[65536];
	char path[4096], entry[512];
	const char *at = text;
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/man/latchkey-mock-idp.1", top == NULL ? "." : top);
	f = fopen(path, "re");
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	(void)fclose(f);
	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		(void)snprintf(entry, sizeof(entry), "\n.It Cm %s\n%s\n", p->name, p->says);
		at = strstr(at, entry);
		assert_non_null(at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_a_name_and_a_line),
		cmocka_unit_test(each_has_its_places),
		cmocka_unit_test(each_has_its_device_answer),
		cmocka_unit_test(each_has_an_answer_to_everything),
		cmocka_unit_test(what_a_row_leaves_out_is_the_rfcs),
		cmocka_unit_test(each_has_its_tokens_and_claims),
		cmocka_unit_test(the_manual_lists_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
