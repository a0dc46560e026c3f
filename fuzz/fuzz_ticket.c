/* Tickets: what is accepted has one spelling, so encoding gives the same bytes again. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "proto/ticket.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { .code = E_OK };
	struct buf *b;
	struct ticket m;

	if (ticket_decode(data, size, &m, &e) != E_OK)
		return 0;
	if ((b = buf_new(size)) == NULL || ticket_encode(b, &m, &e) != E_OK || buf_len(b) != size ||
	    memcmp(buf_data(b), data, size) != 0)
		abort();
	buf_free(b);
	ticket_clear(&m);
	return 0;
}
