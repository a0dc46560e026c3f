/* Tickets: what is accepted has one spelling, so encoding gives the same bytes again. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "proto/ticket.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

/* What the kernel says of this process makes a ticket, which reads as it was written. */
static void
own(void)
{
	struct ticket t = { .written = 1 }, back;
	struct buf *b = buf_new(4096);
	int32_t parent = 0, nobody = 0;

	must(b != NULL && ticket_boot_id(t.boot_id));
	must(ticket_process_read(getpid(), &t.caller, &parent) && parent == getppid());
	must(t.caller.pid == getpid() && t.caller.start > 0);
	must(!ticket_process_read(0, &t.parent, &nobody) && nobody == 0);
	t.parent = t.caller;
	if (ticket_encode(b, &t, NULL) == E_OK) {
		must(ticket_decode(buf_data(b), buf_len(b), &back, NULL) == E_OK);
		must(back.caller.start == t.caller.start);
		ticket_clear(&back);
	}
	buf_free(b);
}

/* A name is opened: it leads nowhere else. */
static void
name(const uint8_t *data, size_t size)
{
	char *s = strndup((const char *)data, size);

	must(s != NULL && (!ticket_is_name(s) || strpbrk(s, "./") == NULL));
	free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { .code = E_OK };
	struct buf *b;
	struct ticket m;
	static int once;

	if (!once++)
		own();
	name(data, size);
	if (ticket_decode(data, size, &m, &e) != E_OK)
		return 0;
	if ((b = buf_new(size)) == NULL || ticket_encode(b, &m, &e) != E_OK || buf_len(b) != size ||
	    memcmp(buf_data(b), data, size) != 0)
		abort();
	buf_free(b);
	ticket_clear(&m);
	return 0;
}
