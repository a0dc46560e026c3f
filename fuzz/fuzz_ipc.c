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
		    .job = { .login_id = word,
		        .issuer = url,
		        .client_id = word,
		        .client_secret = word,
		        .client_key = empty,
		        .client_key_id = empty,
		        .client_auth = IPC_AUTH_BASIC,
		        .audience = IPC_AUDIENCE_ISSUER,
		        .scopes = word,
		        .ca_file = empty,
		        .username_claim = word,
		        .groups_claim = word,
		        .nonce = word,
		        .device_endpoint = empty,
		        .groups_format = word,
		        .http_proxy = empty,
		        .acr_values = empty,
		        .redirect_uri = empty,
		        .login_hint = empty,
		        .flow = IDENTITY_DEVICE,
		        .algorithms = list,
		        .group_names = list } },
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
