/* UserInfo responses. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/userinfo.h"
#include "tests/support/unit.h"

#define GOLDEN "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}"
#define JSON "application/json; charset=utf-8"

static void
refused(long status, const char *type, const char *body, enum errcode code, const char *reason)
{
	struct err e = { .code = E_OK };
	struct claims *c = NULL;

	assert_int_equal(userinfo_parse(&c, status, type, body, strlen(body), "s-1", &e), code);
	assert_string_equal(e.reason, reason);
	assert_null(c);
}

/* C-097 */
static void
gives_the_claims_of_the_same_subject(void **state)
{
	struct claims *c = NULL;
	const char *name = NULL;

	(void)state;
	assert_int_equal(
	    userinfo_parse(&c, 200, JSON, GOLDEN, sizeof(GOLDEN) - 1, "s-1", NULL), E_OK);
	assert_int_equal(claims_str(c, "preferred_username", 64, &name), CLAIMS_OK);
	assert_string_equal(name, "alice");
	claims_free(c);
}

/* C-092 ui.sub.{bad,none,num} */
static void
refuses_another_subject(void **state)
{
	(void)state;
	refused(200, JSON, "{\"sub\":\"s-2\"}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":\"S-1\"}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":\"s-1 \"}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":1}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":null}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"Sub\":\"s-1\"}", E_CLM, "ui.sub");
	refused(200, JSON, "{}", E_CLM, "ui.sub");
}

/* C-093 ui.{array,jwt,html}, C-094 ui.401, H-15 */
static void
refuses_whatever_is_not_200_with_one_json_object(void **state)
{
	char *big = malloc(USERINFO_MAX + 2);

	(void)state;
	refused(401, JSON, "{}", E_DENY, "ui.401");
	refused(403, "text/html", "", E_DENY, "ui.401");
	refused(201, JSON, GOLDEN, E_PROTO, "ui.status");
	refused(302, JSON, GOLDEN, E_PROTO, "ui.status");
	refused(500, JSON, "{}", E_PROTO, "ui.status");
	refused(200, "application/jwt; charset=utf-8", "h.p.s", E_PROTO, "ui.jwt");
	refused(200, "text/html", GOLDEN, E_PROTO, "ui.ctype");
	refused(200, NULL, GOLDEN, E_PROTO, "ui.ctype");
	refused(200, JSON, "[" GOLDEN "]", E_PROTO, "ui.json");
	refused(200, JSON, "", E_PROTO, "ui.json");
	refused(200, JSON, "{\"sub\":\"s-1\",\"sub\":\"s-1\"}", E_PROTO, "ui.json");
	memset(big, ' ', USERINFO_MAX + 1);
	big[USERINFO_MAX + 1] = '\0';
	refused(200, JSON, big, E_PROTO, "ui.size");
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_claims_of_the_same_subject),
		cmocka_unit_test(refuses_another_subject),
		cmocka_unit_test(refuses_whatever_is_not_200_with_one_json_object),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
