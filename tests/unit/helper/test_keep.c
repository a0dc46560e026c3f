/* The documents that pass through one login. */
#include "config.h"

#include "helper/keep.h"
#include "helper/sys/cache.h"
#include "tests/support/scratch.h"

#define ISSUER "https://auth.example.com"
#define NOW 1800000000

static struct scratch dir;
static struct keep k;
static struct ipc_job job;

static int
set_up(void **state)
{
	(void)state;
	scratch_make(&dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	keep_clear(&k);
	scratch_remove(&dir);
	return 0;
}

static void
begin(int64_t now)
{
	keep_clear(&k);
	job = (struct ipc_job){ .cached = 0 };
	keep_load(&k, &job, dir.dir, ISSUER, now);
}

static enum errcode
take(enum ipc_kind kind, const char *body, int64_t now)
{
	/* what the worker says of the time is nothing */
	struct ipc_msg m = { .type = IPC_KEEP,
		.document = { .kind = kind, .fetched = INT64_MAX, .body = strdup(body) } };

	return keep_take(&k, &m, now, NULL);
}

static void
a_document_serves_later_logins_once_this_one_is_allowed(void **state)
{
	struct ipc_msg m;
	size_t at = 0;

	(void)state;
	begin(NOW);
	assert_int_equal(job.cached, 0);
	assert_false(keep_next(&k, &at, &m));
	assert_int_equal(take(IPC_KEYS, "{}", NOW), E_OK);
	begin(NOW);
	assert_int_equal(job.cached, 0); /* refused: nothing stayed */
	assert_int_equal(take(IPC_KEYS, "{\"keys\":1}", NOW), E_OK);
	assert_int_equal(take(IPC_KEYS, "{\"keys\":2}", NOW), E_OK);
	assert_int_equal(take(IPC_METADATA, "{}", NOW), E_OK);
	keep_store(&k);
	begin(NOW + 5);
	assert_int_equal(job.cached, 2);
	at = 0;
	assert_true(keep_next(&k, &at, &m));
	assert_int_equal(m.type, IPC_CACHED);
	assert_int_equal(m.document.kind, IPC_METADATA);
	assert_true(keep_next(&k, &at, &m));
	assert_int_equal(m.document.kind, IPC_KEYS);
	assert_int_equal(m.document.fetched, NOW);
	assert_string_equal(m.document.body, "{\"keys\":2}");
	assert_false(keep_next(&k, &at, &m));
}

static void
forgetting_happens_at_once(void **state)
{
	(void)state;
	begin(NOW);
	assert_int_equal(take(IPC_KEYS, "{}", NOW), E_OK);
	keep_store(&k);
	begin(NOW);
	assert_int_equal(job.cached, 1);
	assert_int_equal(take(IPC_KEYS, "", NOW), E_OK);
	begin(NOW);
	assert_int_equal(job.cached, 0);
}

/* C-131: whether or not the login is allowed */
static void
keys_are_fetched_anew_once_a_minute(void **state)
{
	(void)state;
	begin(NOW);
	assert_true(job.may_refetch);
	assert_int_equal(take(IPC_REFETCH, "", NOW), E_OK);
	begin(NOW + KEEP_REFETCH_S - 1);
	assert_false(job.may_refetch);
	assert_int_equal(job.cached, 0); /* the mark is no document */
	begin(NOW + KEEP_REFETCH_S);
	assert_true(job.may_refetch);
	begin(NOW - 1); /* the clock went back: better once more than never */
	assert_true(job.may_refetch);
}

static void
a_worker_that_goes_on_is_out_of_order(void **state)
{
	(void)state;
	begin(NOW);
	for (int i = 0; i < KEEP_MESSAGES; i++)
		assert_int_equal(take(IPC_KEYS, "{}", NOW), E_OK);
	assert_int_equal(take(IPC_KEYS, "{}", NOW), E_SYS);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_document_serves_later_logins_once_this_one_is_allowed),
		CASE(forgetting_happens_at_once),
		CASE(keys_are_fetched_anew_once_a_minute),
		CASE(a_worker_that_goes_on_is_out_of_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
