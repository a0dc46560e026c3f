/* The monitor's side of tickets. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/fdio.h"
#include "common/secmem.h"
#include "helper/sys/store.h"
#include "helper/sys/tickets.h"

static bool
is_expired(int dir, const char *name, int64_t wall)
{
	const int64_t age = TICKET_AGE_MAX_MS / 1000;
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	/* one from the future is an orphan of a clock that was set back */
	return st.st_mtim.tv_sec + age < wall || st.st_mtim.tv_sec > wall + age;
}

/* Removes what is too old; says how many files stay. */
static enum errcode
sweep(int dir, int64_t wall, size_t *left, struct err *e)
{
	int copy = fcntl(dir, F_DUPFD_CLOEXEC, 0);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;

	if (d == NULL) {
		fdio_close(&copy);
		return err_set(e, E_SYS, "ticket.write", "tickets: %s", strerror(errno));
	}
	*left = 0;
	while ((entry = readdir(d)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (is_expired(dir, entry->d_name, wall))
			(void)unlinkat(dir, entry->d_name, 0);
		else
			(*left)++;
	}
	(void)closedir(d);
	return E_OK;
}

static bool
make_name(char name[TICKET_NAME_LEN + 1])
{
	uint8_t random[TICKET_NAME_LEN / 2];

	if (!secmem_random(random, sizeof(random)))
		return false;
	for (size_t i = 0; i < sizeof(random); i++)
		(void)snprintf(name + 2 * i, 3, "%02x", random[i]);
	return true;
}

/* What the ticket holds; the strings stay the grant's own. */
static enum errcode
fill(struct ticket *t, pid_t caller, const struct grant *g, const struct clock *c, struct err *e)
{
	int32_t ppid, grandparent;

	*t = (struct ticket){ .written = clock_boot_ms(c), .grant = *g };
	/* a parent of 0 is outside this pid namespace (docker exec): nobody can redeem as it */
	if (!ticket_boot_id(t->boot_id) ||
	    !ticket_process_read((int32_t)caller, &t->caller, &ppid) ||
	    (ppid != 0 && !ticket_process_read(ppid, &t->parent, &grandparent)))
		return err_set(e, E_SYS, "ticket.proc",
		    "cannot read the caller (pid %ld) from /proc; is it mounted?", (long)caller);
	return E_OK;
}

enum errcode
tickets_write(char name[TICKET_NAME_LEN + 1], const char *dir, pid_t caller, const struct grant *g,
    const struct clock *c, struct err *e)
{
	struct err why = { .code = E_OK };
	struct buf *b = NULL;
	struct ticket t;
	size_t left = 0;
	enum errcode r;
	int fd = -1;

	if ((r = fill(&t, caller, g, c, e)) != E_OK || (r = store_dir(&fd, dir, 0700, e)) != E_OK)
		return r;
	if ((r = sweep(fd, clock_wall(c), &left, e)) != E_OK)
		goto out;
	if (left >= TICKETS_MAX) {
		r = err_set(e, E_SYS, "ticket.full", "%s: holds %zu tickets, at most %d", dir, left,
		    TICKETS_MAX);
		goto out;
	}
	if ((b = buf_new(TICKET_BYTES_MAX)) == NULL || !make_name(name)) {
		r = err_set(e, E_SYS, "ticket.write", "no memory or no randomness for a ticket");
		goto out;
	}
	if ((r = ticket_encode(b, &t, e)) == E_OK && (r = store_write(fd, name, b, &why)) != E_OK)
		r = err_set(e, r, "ticket.write", "%s: no ticket can be written:%s", dir,
		    why.text + strcspn(why.text, " "));
out:
	buf_free(b);
	fdio_close(&fd);
	return r;
}
