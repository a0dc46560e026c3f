/* The ticket as bytes and back, and the processes that it names. */
#include "config.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/fdio.h"
#include "common/num.h"
#include "proto/ticket.h"

#define STAT_PPID 4 /* proc_pid_stat(5) */
#define STAT_START 22

static bool
boot_id_valid(const char *s)
{
	return strlen(s) == TICKET_BOOT_ID_LEN &&
	    strspn(s, "0123456789abcdef-") == TICKET_BOOT_ID_LEN;
}

/* A parent of 0 lies outside this pid namespace. */
static bool
valid(const struct ticket *t)
{
	return boot_id_valid(t->boot_id) && t->written >= 0 && t->caller.pid > 0 &&
	    t->parent.pid >= 0;
}

static enum errcode
put_process(struct buf *b, const struct ticket_process *p)
{
	enum errcode r = buf_put_u32(b, (uint32_t)p->pid);

	return r == E_OK ? buf_put_u64(b, p->start) : r;
}

static void
get_process(struct rd *r, struct ticket_process *p)
{
	uint32_t pid = rd_u32(r);

	p->pid = pid > INT32_MAX ? -1 : (int32_t)pid;
	p->start = rd_u64(r);
}

enum errcode
ticket_encode(struct buf *b, const struct ticket *t, struct err *e)
{
	enum errcode r = E_FORMAT;

	buf_reset(b);
	if (!valid(t) || (r = buf_put_u8(b, TICKET_FORMAT)) != E_OK ||
	    (r = buf_put_str(b, t->boot_id)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)t->written)) != E_OK ||
	    (r = put_process(b, &t->caller)) != E_OK || (r = put_process(b, &t->parent)) != E_OK ||
	    (r = grant_encode(b, &t->grant)) != E_OK) {
		buf_reset(b);
		return err_set(e, r, NULL, "the ticket cannot be written: %s", err_name(r));
	}
	return E_OK;
}

enum errcode
ticket_decode(const void *p, size_t len, struct ticket *t, struct err *e)
{
	struct ticket n = { 0 };
	struct rd r;
	uint64_t written;

	rd_init(&r, p, len);
	if (rd_u8(&r) != TICKET_FORMAT || !rd_str_into(&r, n.boot_id, sizeof(n.boot_id)))
		return err_set(e, E_FORMAT, NULL, "a ticket of an unknown format");
	written = rd_u64(&r);
	n.written = written > INT64_MAX ? -1 : (int64_t)written;
	get_process(&r, &n.caller);
	get_process(&r, &n.parent);
	if (grant_decode(&r, &n.grant, NULL) != E_OK || !rd_done(&r) || !valid(&n)) {
		ticket_clear(&n);
		return err_set(e, E_FORMAT, NULL, "a malformed ticket, %zu bytes", len);
	}
	*t = n;
	return E_OK;
}

void
ticket_clear(struct ticket *t)
{
	grant_clear(&t->grant);
	*t = (struct ticket){ 0 };
}

bool
ticket_is_name(const char *s)
{
	return strlen(s) == TICKET_NAME_LEN && strspn(s, "0123456789abcdef") == TICKET_NAME_LEN;
}

/* Field no (>= 3) of a stat line, counted behind the last parenthesis: a process names itself. */
static bool
stat_field(const char *line, int no, uint64_t max, uint64_t *out)
{
	const char *p = strrchr(line, ')');
	char digits[24];
	size_t len;

	if (p == NULL || p[1] != ' ')
		return false;
	p += 2;
	for (int at = 3; at < no; at++) {
		if ((p = strchr(p, ' ')) == NULL)
			return false;
		p++;
	}
	if ((len = strspn(p, "0123456789")) == 0 || len >= sizeof(digits))
		return false;
	memcpy(digits, p, len);
	digits[len] = '\0';
	return num_parse(digits, 0, max, out);
}

/* A small file of /proc as text; NULL when it is not there. */
static struct buf *
read_proc(const char *path)
{
	struct buf *b = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd >= 0 && (b = buf_new(4096)) != NULL &&
	    (fdio_read_all(fd, b) != E_OK || buf_cstr(b) == NULL)) {
		buf_free(b);
		b = NULL;
	}
	fdio_close(&fd);
	return b;
}

bool
ticket_process_read(int32_t pid, struct ticket_process *self, int32_t *ppid)
{
	uint64_t parent = 0, start = 0;
	char path[32];
	struct buf *b;
	bool good;

	if (pid <= 0)
		return false;
	(void)snprintf(path, sizeof(path), "/proc/%" PRId32 "/stat", pid);
	if ((b = read_proc(path)) == NULL)
		return false;
	good = stat_field(buf_cstr(b), STAT_PPID, INT32_MAX, &parent) &&
	    stat_field(buf_cstr(b), STAT_START, UINT64_MAX, &start);
	buf_free(b);
	if (good) {
		*self = (struct ticket_process){ .pid = pid, .start = start };
		*ppid = (int32_t)parent;
	}
	return good;
}

bool
ticket_boot_id(char out[TICKET_BOOT_ID_LEN + 1])
{
	struct buf *b = read_proc("/proc/sys/kernel/random/boot_id");
	bool good = false;

	if (b != NULL && buf_len(b) == TICKET_BOOT_ID_LEN + 1 &&
	    buf_data(b)[TICKET_BOOT_ID_LEN] == '\n') {
		char id[TICKET_BOOT_ID_LEN + 1];

		memcpy(id, buf_data(b), TICKET_BOOT_ID_LEN);
		id[TICKET_BOOT_ID_LEN] = '\0';
		if ((good = boot_id_valid(id)))
			memcpy(out, id, sizeof(id));
	}
	buf_free(b);
	return good;
}
