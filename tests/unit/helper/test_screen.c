/* The words that a person sees. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "helper/screen.h"
#include "tests/support/unit.h"

static struct screen
sample(void)
{
	return (struct screen){ .host = "web1",
		.service = "sshd",
		.account = "alice",
		.provider = "Authelia",
		.uri = "https://auth.example.com/device",
		.uri_complete = "https://auth.example.com/device?user_code=BCDFGHJK",
		.user_code = "BCDFGHJK",
		.seconds = 90 };
}

/* C-137, C-138, C-162 */
static void
the_prompt_is_one_text_that_says_everything(void **state)
{
	struct screen s = sample();
	char *text = screen_code(&s, true);

	(void)state;
	assert_string_equal(text,
	    "Sign in to web1 (sshd) as alice with Authelia. Continue only if you started this "
	    "yourself.\n"
	    "  Open   https://auth.example.com/device\n"
	    "  Code   BCDFGHJK\n"
	    "  or     https://auth.example.com/device?user_code=BCDFGHJK\n"
	    "Press Enter when you have approved it (90 s left): ");
	free(text);
}

static void
without_a_complete_address_there_is_no_line_for_it(void **state)
{
	struct screen s = sample();
	char *text;

	(void)state;
	s.uri_complete = "";
	text = screen_code(&s, true);
	assert_null(strstr(text, "  or "));
	assert_non_null(strstr(text, "  Code   BCDFGHJK\nPress Enter"));
	free(text);
}

static void
as_a_text_it_asks_for_nothing_and_ends_without_a_newline(void **state)
{
	struct screen s = sample();
	char *text = screen_code(&s, false);

	(void)state;
	assert_null(strstr(text, "Press"));
	assert_string_equal(text + strlen(text) - 8, "BCDFGHJK");
	free(text);
}

/* C-022, C-162: it is the person who opens it */
static void
a_browser_gets_an_address_on_a_line_of_its_own(void **state)
{
	struct screen s = sample();
	char *text;

	(void)state;
	s.url = "https://auth.example.com/authorize?client_id=a&state=b";
	text = screen_browser(&s, false);
	assert_string_equal(text,
	    "Sign in to web1 (sshd) as alice with Authelia. Continue only if you started this "
	    "yourself.\n"
	    "Open this in a browser on this computer (90 s left):\n"
	    "  https://auth.example.com/authorize?client_id=a&state=b");
	free(text);
	text = screen_browser(&s, true);
	assert_non_null(strstr(text, "state=b\nPress Enter when you have signed in there: "));
	free(text);
}

/* H-45 */
static void
foreign_names_are_escaped_and_cut(void **state)
{
	struct screen s = sample();
	char *text, name[200];

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	s.account = name;
	s.service = "ss\nCode   EVIL\033[2J\xc3\xa9";
	text = screen_code(&s, true);
	assert_non_null(strstr(text, "(ss\\x0aCode   EVIL\\x1b[2J\\xc3\\xa9)"));
	assert_non_null(strstr(text, "aaa... with"));
	for (const char *p = text; *p != '\0'; p++)
		assert_true(*p == '\n' || text_is_ascii(p, 1, true));
	free(text);
}

static void
failure_is(enum msg_verdict v, enum errcode code, const char *want)
{
	char *text = screen_failure(v, code, "3f9c01aa");

	if (want == NULL)
		assert_null(text);
	else
		assert_string_equal(text, want);
	free(text);
}

static void
each_failure_has_a_sentence_with_the_login_id(void **state)
{
	(void)state;
	failure_is(MSG_REFUSED, E_DENY, "The sign-in was refused (login 3f9c01aa).");
	failure_is(MSG_REFUSED, E_EXP, "The sign-in was not approved in time (login 3f9c01aa).");
	failure_is(MSG_FORBIDDEN, E_POL,
	    "You are signed in, but not allowed to log in here (login 3f9c01aa).");
	failure_is(MSG_UNAVAILABLE, E_NET,
	    "The identity provider cannot be used right now (login 3f9c01aa).");
	failure_is(MSG_UNAVAILABLE, E_CFG,
	    "Sign-in is not set up correctly on this host; ask its administrator (login "
	    "3f9c01aa).");
	failure_is(MSG_SYSTEM, E_SYS, "This host cannot sign you in right now (login 3f9c01aa).");
	failure_is(MSG_TOO_OFTEN, E_BUSY, "Too many sign-ins; try again later (login 3f9c01aa).");
}

static void
a_stranger_reads_what_everybody_reads(void **state)
{
	(void)state;
	failure_is(MSG_USER_UNKNOWN, E_UNKNOWN, "The sign-in was refused (login 3f9c01aa).");
}

static void
success_exemption_and_a_cancel_say_nothing(void **state)
{
	(void)state;
	failure_is(MSG_ALLOW, E_OK, NULL);
	failure_is(MSG_IGNORE, E_OK, NULL);
	failure_is(MSG_CANCELLED, E_CONV, NULL);
}

static void
asking_again_says_why(void **state)
{
	(void)state;
	assert_string_equal(screen_again(), "Not approved yet; press Enter again: ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_prompt_is_one_text_that_says_everything),
		cmocka_unit_test(without_a_complete_address_there_is_no_line_for_it),
		cmocka_unit_test(as_a_text_it_asks_for_nothing_and_ends_without_a_newline),
		cmocka_unit_test(a_browser_gets_an_address_on_a_line_of_its_own),
		cmocka_unit_test(foreign_names_are_escaped_and_cut),
		cmocka_unit_test(each_failure_has_a_sentence_with_the_login_id),
		cmocka_unit_test(a_stranger_reads_what_everybody_reads),
		cmocka_unit_test(success_exemption_and_a_cancel_say_nothing),
		cmocka_unit_test(asking_again_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
