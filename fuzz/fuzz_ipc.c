/* Messages of [B]: what decodes, encodes again to the same bytes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/ipc.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ipc_msg m = { 0 };
	struct buf *b = NULL;

	if (size > IPC_MAX || ipc_decode(data, size, &m, NULL) != E_OK)
		return 0;
	if ((b = buf_new(IPC_MAX)) == NULL || ipc_encode(b, &m, NULL) != E_OK)
		abort();
	if (buf_len(b) != size || memcmp(buf_data(b), data, size) != 0)
		abort();
	buf_free(b);
	ipc_clear(&m);
	return 0;
}
