/* Requests that the mock gets: what is one, is one as soon as its last byte is there; what is none,
 * is refused with a status. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "mock_idp/wire/http_read.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

static enum http_read_result
read_one(const char *in, size_t len, struct exchange *x, size_t *used, int *status)
{
	must(msg_init(x));
	*used = 0;
	*status = 0;
	return http_read(in, len, &x->req, used, status);
}

static void
judge_request(const struct request *req, const char *in, size_t len, size_t used)
{
	must(used <= len && req->raw_head == in && req->raw_head_len + req->raw_body_len == used);
	must(req->raw_body == in + req->raw_head_len && req->raw_body_len == req->bodylen);
	must(req->bodylen <= MSG_BODY_MAX && req->raw_head_len <= MSG_HEAD_MAX);
	must(req->method[0] != '\0' && req->path != NULL && req->path[0] == '/');
	must(req->target != NULL && strncmp(req->target, req->path, strlen(req->path)) == 0);
	must(pairs_count(&req->headers, "host") == 1);
	must(pairs_get(&req->headers, "transfer-encoding") == NULL);
	must(memmem(req->raw_head, req->raw_head_len, "\r\n\r\n", 4) ==
	    req->raw_head + req->raw_head_len - 4);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *in = (const char *)data;
	struct exchange x;
	size_t used, again;
	int status;

	switch (read_one(in, size, &x, &used, &status)) {
	case HTTP_READ_MORE:
		must(x.req.path == NULL && x.req.target == NULL && x.req.headers.n == 0);
		must(size < MSG_HEAD_MAX + MSG_BODY_MAX);
		break;
	case HTTP_READ_BAD:
		must(status >= 400 && status < 600);
		break;
	case HTTP_READ_DONE:
		judge_request(&x.req, in, size, used);
		msg_clear(&x);
		must(read_one(in, used, &x, &again, &status) == HTTP_READ_DONE && again == used);
		msg_clear(&x);
		must(read_one(in, used - 1, &x, &again, &status) == HTTP_READ_MORE);
		break;
	}
	msg_clear(&x);
	return 0;
}
