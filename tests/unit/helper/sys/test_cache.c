/* What one login leaves to the next; the tests' own user stands in for root. */
#include "config.h"

#include <sys/stat.h>

#include "helper/sys/cache.h"
#include "tests/support/scratch.h"

#define ISSUER "https://auth.example.com"
#define NOW 1800000000

static struct scratch dir;

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
	scratch_remove(&dir);
	return 0;
}

static void
store(enum ipc_kind kind, int64_t fetched, const char *text)
{
	char body[64];
	struct ipc_document d = { .kind = kind, .fetched = fetched, .body = body };

	(void)snprintf(body, sizeof(body), "%s", text);
	assert_int_equal(cache_store(dir.dir, ISSUER, &d, NULL), E_OK);
}

static bool
is_there(enum ipc_kind kind, const char *issuer, int64_t now)
{
	struct ipc_document d;
	bool found = cache_load(&d, dir.dir, kind, issuer, now);

	assert_true((d.body != NULL) == found);
	free(d.body);
	return found;
}

static void
what_was_stored_is_there(void **state)
{
	struct ipc_document d;

	(void)state;
	assert_false(is_there(IPC_METADATA, ISSUER, NOW));
	store(IPC_METADATA, NOW, "{\"a\":1}");
	store(IPC_KEYS, NOW - 5, "{\"keys\":[]}");
	assert_true(cache_load(&d, dir.dir, IPC_METADATA, ISSUER, NOW));
	assert_string_equal(d.body, "{\"a\":1}");
	assert_int_equal(d.fetched, NOW);
	free(d.body);
	assert_true(cache_load(&d, dir.dir, IPC_KEYS, ISSUER, NOW));
	assert_string_equal(d.body, "{\"keys\":[]}");
	assert_int_equal(d.fetched, NOW - 5);
	free(d.body);
}

/* C-018 disc.two: letter by letter */
static void
another_issuers_is_not(void **state)
{
	(void)state;
	store(IPC_KEYS, NOW, "{}");
	assert_true(is_there(IPC_KEYS, ISSUER, NOW));
	assert_false(is_there(IPC_KEYS, ISSUER "/", NOW));
	assert_false(is_there(IPC_KEYS, "https://auth.example.co", NOW));
	assert_false(is_there(IPC_METADATA, ISSUER, NOW));
}

/* C-019: and a clock that was ahead leaves nothing for ever */
static void
what_is_too_old_or_of_the_future_is_not(void **state)
{
	(void)state;
	store(IPC_KEYS, NOW, "{}");
	assert_true(is_there(IPC_KEYS, ISSUER, NOW + CACHE_STALE_S - 1));
	assert_false(is_there(IPC_KEYS, ISSUER, NOW + CACHE_STALE_S));
	assert_false(is_there(IPC_KEYS, ISSUER, NOW - 1));
	assert_false(is_there(IPC_KEYS, ISSUER, INT64_MAX));
	assert_false(is_there(IPC_KEYS, ISSUER, 0));
}

static void
an_empty_document_removes_it_and_a_mark_has_none(void **state)
{
	(void)state;
	store(IPC_KEYS, NOW, "{}");
	store(IPC_KEYS, NOW, "");
	assert_false(is_there(IPC_KEYS, ISSUER, NOW));
	store(IPC_KEYS, NOW, "");
	store(IPC_REFETCH, NOW, "");
	assert_true(is_there(IPC_REFETCH, ISSUER, NOW));
}

/* H-54 */
static void
a_file_that_is_not_roots_own_work_counts_for_nothing(void **state)
{
	char path[SCRATCH_PATH], other[SCRATCH_PATH];
	uint8_t bytes[512];
	ssize_t n;
	int fd;

	(void)state;
	store(IPC_KEYS, NOW, "{\"keys\":[]}");
	fd = open(scratch_path(&dir, path, "keys"), O_RDONLY | O_CLOEXEC);
	n = read(fd, bytes, sizeof(bytes));
	(void)close(fd);
	assert_true(n > 40);
	for (ssize_t cut = 0; cut < n; cut += 3) {
		(void)scratch_bytes(&dir, path, "keys", bytes, (size_t)cut, 0600);
		assert_false(is_there(IPC_KEYS, ISSUER, NOW));
	}
	(void)scratch_bytes(&dir, path, "keys", bytes, (size_t)n, 0600);
	assert_true(is_there(IPC_KEYS, ISSUER, NOW));
	(void)scratch_bytes(&dir, path, "keys", bytes, (size_t)n, 0666);
	assert_false(is_there(IPC_KEYS, ISSUER, NOW));
	bytes[0]++;
	(void)scratch_bytes(&dir, path, "keys", bytes, (size_t)n, 0600);
	assert_false(is_there(IPC_KEYS, ISSUER, NOW));
	bytes[0]--;
	assert_int_equal(rename(scratch_bytes(&dir, path, "keys", bytes, (size_t)n, 0600),
	                     scratch_path(&dir, other, "elsewhere")),
	    0);
	assert_int_equal(symlink("elsewhere", path), 0);
	assert_false(is_there(IPC_KEYS, ISSUER, NOW));
	assert_int_equal(chmod(dir.dir, 0777), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rename(other, path), 0);
	assert_false(is_there(IPC_KEYS, ISSUER, NOW));
	assert_int_equal(chmod(dir.dir, 0700), 0);
	assert_true(is_there(IPC_KEYS, ISSUER, NOW));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_was_stored_is_there),
		CASE(another_issuers_is_not),
		CASE(what_is_too_old_or_of_the_future_is_not),
		CASE(an_empty_document_removes_it_and_a_mark_has_none),
		CASE(a_file_that_is_not_roots_own_work_counts_for_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
