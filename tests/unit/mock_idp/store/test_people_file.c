/* Users and clients from a file. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mock_idp/store/people_file.h"
#include "tests/support/unit.h"

static enum errcode
parse(struct people *p, const char *text, struct err *e)
{
	memset(p, 0, sizeof(*p));
	memset(e, 0, sizeof(*e));
	assert_int_equal(people_builtin(p, &ids_system, NULL), E_OK);
	return people_file_parse(p, &ids_system, text, strlen(text), "f.json", e);
}

static void
refused(const char *text, const char *why)
{
	struct people p;
	struct err e;

	assert_int_equal(parse(&p, text, &e), E_CFG);
	if (strstr(e.text, why) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e.text, why);
	people_clear(&p);
}

static void
adds_to_the_built_in_ones(void **state)
{
	struct people p;
	struct err e;

	(void)state;
	assert_int_equal(
	    parse(&p,
	        "{\"users\":[{\"name\":\"carol\",\"groups\":[\"x y\"],\"email\":\"c@e\","
	        "\"sub\":\"42\"},{\"name\":\"bob\"}],"
	        "\"clients\":[{\"client_id\":\"c\",\"client_secret\":\"s\",\"scopes\":"
	        "[\"openid\"],\"redirect_uris\":[\"http://127.0.0.1/cb\"]}]}",
	        &e),
	    E_OK);
	assert_int_equal(p.nusers, 4);
	assert_string_equal(people_user(&p, "carol")->sub, "42");
	assert_string_equal(people_user(&p, "carol")->display_name, "carol");
	assert_true(json_is_null(people_user(&p, "bob")->groups));
	assert_int_equal(people_client(&p, "c")->method, AUTH_BASIC);
	assert_int_equal(people_client(&p, "c")->scopes.n, 1);
	assert_int_equal(people_client(&p, "c")->grants.n, 1);
	assert_int_equal(people_client(&p, "c")->redirects.n, 1);
	people_clear(&p);
}

static void
replaces_the_built_in_ones_on_demand(void **state)
{
	struct people p;
	struct err e;

	(void)state;
	assert_int_equal(
	    parse(&p, "{\"builtin\":false,\"users\":[{\"name\":\"carol\",\"groups\":[]}]}", &e),
	    E_OK);
	assert_int_equal(p.nusers, 1);
	assert_int_equal(p.nclients, 0);
	assert_true(json_is_array(people_user(&p, "carol")->groups));
	people_clear(&p);
}

static void
refuses_with_a_sentence_that_names_the_member(void **state)
{
	(void)state;
	refused("{", "f.json:1");
	refused("[]", "not a JSON object");
	refused("{\"user\":[]}", "unknown member user in the file");
	refused("{\"users\":{}}", "\"users\" must be an array");
	refused("{\"users\":[1]}", "must be an object");
	refused("{\"users\":[{}]}", "no \"name\"");
	refused("{\"users\":[{\"name\":\"\"}]}", "\"name\"");
	refused("{\"users\":[{\"name\":\"a\",\"group\":[]}]}", "unknown member group in a user");
	refused("{\"users\":[{\"name\":\"a\",\"groups\":\"x\"}]}", "\"groups\"");
	refused("{\"users\":[{\"name\":\"a\",\"groups\":[1]}]}", "\"groups\"");
	refused("{\"users\":[{\"name\":\"a\",\"name\":\"b\"}]}", "duplicate");
	refused("{\"builtin\":1}", "\"builtin\"");
	refused("{\"clients\":[{}]}", "no \"client_id\"");
	refused("{\"clients\":[1]}", "must be an object");
}

static void
reads_a_file_and_says_which_one_it_cannot_read(void **state)
{
	char path[] = "/tmp/test_people.XXXXXX";
	struct people p = { .nusers = 0 };
	struct err e = { .code = E_OK };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(people_file_load(&p, &ids_system, path, &e), E_CFG);
	assert_non_null(strstr(e.text, "empty"));
	assert_int_equal(write(fd, "{\"users\":[{\"name\":\"a\"}]}", 24), 24);
	(void)close(fd);
	assert_int_equal(people_file_load(&p, &ids_system, path, NULL), E_OK);
	assert_non_null(people_user(&p, "a"));
	assert_int_equal(unlink(path), 0);
	memset(&e, 0, sizeof(e));
	assert_int_equal(people_file_load(&p, &ids_system, path, &e), E_SYS);
	assert_non_null(strstr(e.text, path));
	people_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_to_the_built_in_ones),
		cmocka_unit_test(replaces_the_built_in_ones_on_demand),
		cmocka_unit_test(refuses_with_a_sentence_that_names_the_member),
		cmocka_unit_test(reads_a_file_and_says_which_one_it_cannot_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
