/* Redeeming a ticket. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/fdio.h"
#include "pam_module/ticket.h"

#define TAKEN ".taken" /* no ticket_is_name: what one process took, no other can ask for */

enum errcode
ticket_here(struct ticket_holder *h, const char *account, const char *service,
    const struct clock *c, struct err *e)
{
	int32_t ppid;

	*h = (struct ticket_holder){ .account = account, .service = service };
	if (!ticket_process_read((int32_t)getpid(), &h->self, &ppid) || !ticket_boot_id(h->boot_id))
		return err_set(e, E_SYS, "ticket.proc", "/proc cannot be read");
	h->now = clock_boot_ms(c);
	return E_OK;
}

/* The directory, if nobody but owner can put names there; -1. */
static int
open_dir(const char *dir, uid_t owner)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd >= 0 && (fstat(fd, &st) != 0 || st.st_uid != owner || (st.st_mode & 022) != 0))
		fdio_close(&fd);
	return fd;
}

/* Opens name in the directory and looks at what it opened, not at what the name says now. */
static enum errcode
read_file(int dirfd, uid_t owner, const char *name, struct buf *b, struct err *e)
{
	int fd = openat(dirfd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	enum errcode r = E_FORMAT;
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == owner &&
	    (st.st_mode & 07777) == 0600 && st.st_nlink == 1)
		r = fdio_read_all(fd, b);
	fdio_close(&fd);
	if (r != E_OK)
		return err_set(e, r, "ticket.file", "the ticket is not a file of ours");
	return E_OK;
}

static bool
same_process(const struct ticket_process *a, const struct ticket_process *b)
{
	return a->pid == b->pid && a->start == b->start;
}

/* sshd: a child authenticates, its parent opens the session. Nobody else may use the ticket. */
static enum errcode
fits(const struct ticket *t, const struct ticket_holder *h, struct err *e)
{
	if (strcmp(t->grant.account, h->account) != 0 || strcmp(t->grant.service, h->service) != 0)
		return err_set(e, E_NAME, "ticket.account", "it is for another account or service");
	if (!same_process(&t->caller, &h->self) && !same_process(&t->parent, &h->self))
		return err_set(e, E_NAME, "ticket.process", "it is for another process");
	if (strcmp(t->boot_id, h->boot_id) != 0 || t->written > h->now ||
	    h->now - t->written > TICKET_AGE_MAX_MS)
		return err_set(e, E_EXP, "ticket.age", "it is too old");
	return E_OK;
}

static enum errcode
read_ticket(int dirfd, uid_t owner, const char *name, struct ticket *t, struct err *e)
{
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((r = read_file(dirfd, owner, name, b, e)) == E_OK)
		r = ticket_decode(buf_data(b), buf_len(b), t, e);
	buf_free(b);
	return r;
}

/* Renames it out of everybody's reach; taken holds the new name then. */
static enum errcode
take(int dirfd, const char *name, char *taken, size_t size, struct err *e)
{
	(void)snprintf(taken, size, "%s%s", name, TAKEN);
	if (renameat(dirfd, name, dirfd, taken) != 0)
		return err_set(e, errno == ENOENT ? E_CLOSED : E_SYS, "ticket.gone",
		    "there is no such ticket: %s", strerror(errno));
	return E_OK;
}

enum errcode
ticket_redeem(const char *dir, uid_t owner, const char *name, const struct ticket_holder *h,
    struct grant *g, struct err *e)
{
	char taken[TICKET_NAME_LEN + sizeof(TAKEN)];
	struct ticket t = { 0 };
	enum errcode r;
	int dirfd;

	if (!ticket_is_name(name))
		return err_set(e, E_FORMAT, "ticket.name", "it is no name of a ticket");
	if ((dirfd = open_dir(dir, owner)) < 0)
		return err_set(e, E_SYS, "ticket.dir", "%s is missing or not root's alone", dir);
	if ((r = take(dirfd, name, taken, sizeof(taken), e)) == E_OK) {
		r = read_ticket(dirfd, owner, taken, &t, e);
		(void)unlinkat(dirfd, taken, 0);
	}
	fdio_close(&dirfd);
	if (r == E_OK && (r = fits(&t, h, e)) == E_OK) {
		*g = t.grant;
		t.grant = (struct grant){ 0 };
	}
	ticket_clear(&t);
	return r;
}

void
ticket_discard(const char *dir, uid_t owner, const char *name)
{
	int dirfd;

	if (!ticket_is_name(name) || (dirfd = open_dir(dir, owner)) < 0)
		return;
	(void)unlinkat(dirfd, name, 0);
	fdio_close(&dirfd);
}
