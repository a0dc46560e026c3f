/* Messages of [B]: what decodes, encodes again to the same bytes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/ipc.h"

/* What we say ourselves, in this version: it reads again. */
static void
own(void)
{
	char empty[] = "", word[] = "a", url[] = "https://idp.example/", *words[] = { word, url };
	const struct strlist list = { .v = words, .n = 2 };
	const struct ipc_msg say[] = {
		{ .type = IPC_BROWSE, .browse = { .url = url } },
		{ .type = IPC_KEEP, .document = { .kind = IPC_KEYS, .body = word } },
		{ .type = IPC_JOB,
		    .job = { word, url, word, IPC_AUTH_BASIC, word, word, empty, word, word, word,
		        empty, word, empty, empty, empty, empty, .flow = IDENTITY_DEVICE,
		        .algorithms = list, .group_names = list } },
	};

	for (size_t i = 0; i < sizeof(say) / sizeof(say[0]); i++) {
		struct buf *b = buf_new(IPC_MAX);
		struct ipc_msg m = { 0 };

		if (b == NULL || ipc_encode(b, &say[i], NULL) != E_OK ||
		    ipc_decode(buf_data(b), buf_len(b), &m, NULL) != E_OK || m.type != say[i].type)
			abort();
		ipc_clear(&m);
		buf_free(b);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ipc_msg m = { 0 };
	struct buf *b = NULL;
	static int once;

	if (!once++)
		own();
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
