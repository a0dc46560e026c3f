/*
 * What comes to the loopback redirect, byte by byte: a code is one only with our state, bounded and
 * printable; a verdict does not change with what follows; nothing is answered to what is not whole.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "fuzz/fuzz.h"
#include "helper/oidc/callback.h"

static const char state[] = "Kq3v-state_0123456789";
static const struct callback_expect expected = { "127.0.0.1:40123", "/callback", state,
	"https://idp.example", true };

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
judge(enum callback_outcome o, const struct callback *c, const struct err *e)
{
	must((o == CALLBACK_MORE) == (c->status == 0));
	must((o == CALLBACK_CODE || o == CALLBACK_REFUSED) == (c->status == 200));
	must((o == CALLBACK_CODE) == (c->code[0] != '\0'));
	must((o == CALLBACK_REFUSED || o == CALLBACK_FOREIGN) == (e->code != E_OK));
	must(e->code == E_OK || e->code == E_CB || e->code == E_DENY);
	must(text_is_ascii(e->text, strlen(e->text), true));
	must(text_is_ascii(c->code, strlen(c->code), true));
}

static void
judge_code(const uint8_t *data, size_t size)
{
	must(size > sizeof(state) && memcmp(data, "GET /callback?", 14) == 0);
	must(memmem(data, size, "\r\n\r\n", 4) != NULL);
}

/* The first verdict as the bytes come in is the only one. */
static void
judge_pieces(const uint8_t *data, size_t size, enum callback_outcome o, const struct callback *c)
{
	struct callback first;
	struct err e = { .code = E_OK };
	enum callback_outcome was = CALLBACK_MORE;

	for (size_t len = 0; len <= size && was == CALLBACK_MORE; len++)
		was = callback_read(&first, data, len, &expected, &e);
	must((was == CALLBACK_MORE) == (o == CALLBACK_MORE));
	must((was == CALLBACK_CODE) == (o == CALLBACK_CODE));
	must(strcmp(first.code, c->code) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct callback c;
	struct err e = { .code = E_OK };
	enum callback_outcome o = callback_read(&c, data, size, &expected, &e);

	judge(o, &c, &e);
	if (o == CALLBACK_CODE)
		judge_code(data, size);
	if (size <= 1024)
		judge_pieces(data, size, o, &c);
	return 0;
}
