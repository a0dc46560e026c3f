/* The mock's control lines: each has an answer that says whether it went well; and a journal of any
 * bytes is JSON. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "mock_idp/control/control.h"
#include "mock_idp/wire/http_read.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

/* The bytes as a request, or as what is none, in the journal. */
static void
hear(struct world *w, const char *bytes, size_t len)
{
	struct exchange x;
	size_t used = len;
	int status;

	must(msg_init(&x));
	if (http_read(bytes, len, &x.req, &used, &status) == HTTP_READ_DONE)
		x.ep = "token";
	x.req.raw_head = bytes;
	x.req.raw_head_len = used - x.req.bodylen > len ? len : used - x.req.bodylen;
	x.req.raw_body = bytes + x.req.raw_head_len;
	x.req.raw_body_len = x.ep == NULL ? 0 : x.req.bodylen;
	journal_record(&w->journal, &x, 1);
	must(x.entry != 0);
	msg_clear(&x);
}

static void
is_json_line(const char *line, size_t len)
{
	json_t *o = json_loadb(line, len, 0, NULL);

	must(json_is_object(o));
	json_decref(o);
}

/* Everything it has to tell, and that it ends. */
static void
listen_to(struct world *w, struct control_wait *wait)
{
	struct buf *out = buf_new((size_t)64 << 20);
	bool json = wait->what != TELL_HELP;
	const char *s, *nl;

	must(out != NULL);
	while (wait->what != WAIT_NOTHING)
		must(control_tell(w, wait, out));
	must((s = buf_cstr(out)) != NULL);
	for (; json && (nl = strchr(s, '\n')) != NULL; s = nl + 1)
		is_json_line(s, (size_t)(nl - s));
	buf_free(out);
}

static void
run(struct world *w, char *line)
{
	char why[CONTROL_WHY_SIZE];
	const char *refusal = control_refusal(line, why);
	struct control_wait wait = { .what = WAIT_NOTHING };
	bool quit = false;
	json_t *r = control_run(w, line, &wait, &quit);
	const json_t *ok;

	if (r == NULL && wait.what >= TELL_JOURNAL) {
		listen_to(w, &wait);
		return;
	}
	if (r == NULL) {
		must(wait.what == WAIT_CODE || wait.what == WAIT_REQUESTS);
		wait.deadline = 0;
		must((r = control_check(w, &wait)) != NULL && wait.what == WAIT_NOTHING);
	}
	must(refusal == NULL || refusal[0] != '\0');
	ok = json_object_get(r, "ok");
	must(json_is_true(ok) ||
	    (json_is_false(ok) && json_string_length(json_object_get(r, "error")) > 0));
	json_decref(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint64_t seed = 1;
	static struct world *w;
	char line[CONTROL_LINE_MAX];

	if (w == NULL)
		must((w = calloc(1, sizeof(*w))) != NULL && world_init(w, &seed, NULL) == E_OK);
	world_reset(w);
	hear(w, (const char *)data, size);
	while (size > 0) {
		const uint8_t *nl = memchr(data, '\n', size);
		size_t n = nl == NULL ? size : (size_t)(nl - data);

		if (n < sizeof(line)) {
			memcpy(line, data, n);
			line[n] = '\0';
			run(w, line);
		}
		n += nl != NULL;
		data += n;
		size -= n;
	}
	return 0;
}
