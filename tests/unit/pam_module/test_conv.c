/* The conversation with the person. */
#include "config.h"

#include <string.h>

#include "common/secmem.h"
#include "pam_module/conv.h"
#include "tests/support/fakepam.h"
#include "tests/support/unit.h"

static enum errcode
ask(struct fakepam_talk *t, bool echo, char **answer)
{
	struct pam_conv c = { .conv = fakepam_converse, .appdata_ptr = t };
	struct pam_handle h = { .conv = &c };

	return conv_ask(&h, echo, "Enter: ", answer, NULL);
}

static void
an_answer_comes_back(void **state)
{
	struct fakepam_talk t = { .answer = "y" };
	char *answer = NULL;

	(void)state;
	assert_int_equal(ask(&t, true, &answer), E_OK);
	assert_string_equal(answer, "y");
	assert_int_equal(t.style, PAM_PROMPT_ECHO_ON);
	assert_string_equal(t.text, "Enter: ");
	secmem_freestr(answer);
	assert_int_equal(ask(&t, false, &answer), E_OK);
	assert_int_equal(t.style, PAM_PROMPT_ECHO_OFF);
	secmem_freestr(answer);
}

static void
an_answer_too_long_is_cut(void **state)
{
	char longer[MSG_ANSWER_MAX + 100];
	struct fakepam_talk t = { .answer = longer };
	char *answer = NULL;

	(void)state;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(ask(&t, true, &answer), E_OK);
	assert_int_equal(strlen(answer), MSG_ANSWER_MAX);
	secmem_freestr(answer);
}

/* misc_conv(3) at end of file: PAM_SUCCESS and no answer. */
static void
success_without_an_answer_is_end_of_file(void **state)
{
	struct fakepam_talk t = { .answer = NULL };
	char *answer = NULL;

	(void)state;
	assert_int_equal(ask(&t, true, &answer), E_CONV);
	assert_null(answer);
}

static void
a_failure_of_the_host_is_told(void **state)
{
	struct fakepam_talk t = { .answer = "y", .code = PAM_CONV_ERR };
	char *answer = NULL;

	(void)state;
	assert_int_equal(ask(&t, true, &answer), E_CONV);
	assert_null(answer);
}

static void
texts_have_their_style(void **state)
{
	struct fakepam_talk t = { .answer = "" };
	struct pam_conv c = { .conv = fakepam_converse, .appdata_ptr = &t };
	struct pam_handle h = { .conv = &c };

	(void)state;
	assert_int_equal(conv_tell(&h, MSG_TEXT_INFO, "hello", NULL), E_OK);
	assert_int_equal(t.style, PAM_TEXT_INFO);
	assert_int_equal(conv_tell(&h, MSG_TEXT_ERROR, "no", NULL), E_OK);
	assert_int_equal(t.style, PAM_ERROR_MSG);
	assert_string_equal(t.text, "no");
}

static void
a_conversation_without_a_function_is_none(void **state)
{
	struct pam_conv c = { .conv = NULL };
	struct pam_handle none = { .conv = NULL }, empty = { .conv = &c };

	(void)state;
	assert_false(conv_usable(&none));
	assert_false(conv_usable(&empty));
	assert_int_equal(conv_tell(&none, MSG_TEXT_INFO, "x", NULL), E_CONV);
	assert_int_equal(conv_tell(&empty, MSG_TEXT_INFO, "x", NULL), E_CONV);
	c.conv = fakepam_converse;
	assert_true(conv_usable(&empty));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_comes_back),
		cmocka_unit_test(an_answer_too_long_is_cut),
		cmocka_unit_test(success_without_an_answer_is_end_of_file),
		cmocka_unit_test(a_failure_of_the_host_is_told),
		cmocka_unit_test(texts_have_their_style),
		cmocka_unit_test(a_conversation_without_a_function_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
