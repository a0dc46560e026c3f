/* What came in, in order, and what was wrong with it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/fdio.h"
#include "mock_idp/control/journal.h"

bool
journal_init(struct journal *j)
{
	*j = (struct journal){ .file = -1 };
	return (j->ring = calloc(JOURNAL_MAX, sizeof(*j->ring))) != NULL;
}

static struct entry *
at(const struct journal *j, size_t index)
{
	return &j->ring[(j->first + index) % JOURNAL_MAX];
}

static void
drop_oldest(struct journal *j)
{
	j->bytes -= entry_size(at(j, 0));
	entry_clear(at(j, 0));
	j->first = (j->first + 1) % JOURNAL_MAX;
	j->n--;
}

void
journal_reset(struct journal *j)
{
	while (j->n > 0)
		drop_oldest(j);
	/* the same memory again: what a test costs does not grow with those before it */
	j->first = 0;
	j->seq = j->requests = 0;
}

void
journal_clear(struct journal *j)
{
	if (j->ring != NULL)
		journal_reset(j);
	free(j->ring);
	j->ring = NULL;
	fdio_close(&j->file);
}

enum errcode
journal_open_file(struct journal *j, const char *path, bool raw, struct err *e)
{
	j->file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	j->file_raw = raw;
	if (j->file < 0)
		return err_set(e, E_SYS, NULL, "cannot write %s: %s", path, strerror(errno));
	return E_OK;
}

/* A disk that is full costs the file, and not the test that reads the journal. */
static void
write_line(struct journal *j, const struct entry *e)
{
	json_t *o = j->file < 0 ? NULL : entry_json(e, j->file_raw);
	char *line = o == NULL ? NULL : json_dumps(o, JSON_COMPACT);

	if (line != NULL &&
	    (fdio_write_all(j->file, line, strlen(line)) != E_OK ||
	        fdio_write_all(j->file, "\n", 1) != E_OK)) {
		(void)fprintf(
		    stderr, "latchkey-mock-idp: the journal's file: %s\n", strerror(errno));
		fdio_close(&j->file);
	}
	free(line);
	json_decref(o);
}

/* A code for tokens; a refresh is none of it. */
static bool
is_login(const struct exchange *x)
{
	const char *grant = pairs_get(&x->req.form, "grant_type");

	return x->ep != NULL && strcmp(x->ep, "token") == 0 && x->rep.status == 200 &&
	    grant != NULL && strcmp(grant, "refresh_token") != 0;
}

static void
count(struct journal *j, const struct exchange *x, bool evil)
{
	j->total.violations += json_array_size(x->violations);
	j->total.logins += is_login(x);
	j->total.evil += evil;
	j->total.requests += !evil;
	j->requests += !evil;
}

void
journal_record(struct journal *j, struct exchange *x, int64_t us)
{
	struct entry e;

	if (!entry_make(&e, x, j->seq + 1, us))
		return;
	e.number = x->entry = ++j->number;
	j->seq++;
	while (j->n > 0 && (j->n == JOURNAL_MAX || j->bytes + entry_size(&e) > JOURNAL_BYTES_MAX))
		drop_oldest(j);
	*at(j, j->n++) = e;
	j->bytes += entry_size(&e);
	count(j, x, entry_evil(&e));
	write_line(j, &e);
}

void
journal_answered(struct journal *j, uint64_t entry, int64_t us)
{
	uint64_t oldest = j->number - j->n + 1;

	if (entry >= oldest && entry <= j->number)
		at(j, (size_t)(entry - oldest))->answered = us;
}

const struct entry *
journal_at(const struct journal *j, size_t index)
{
	return index < j->n ? at(j, index) : NULL;
}

json_t *
journal_entry(const struct journal *j, size_t index)
{
	const struct entry *e = journal_at(j, index);

	return e == NULL ? NULL : entry_json(e, false);
}
