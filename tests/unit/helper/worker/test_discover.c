/* The provider's metadata and keys, fetched. */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "helper/worker/discover.h"
#include "proto/chan.h"
#include "tests/support/tlsserver.h"

#define KEYS                                                                                       \
	"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\","                              \
	"\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","                                   \
	"\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}"

struct world {
	struct tlsserver s;
	struct tlsserver_answer answer[2];
	char *bytes[2];
	struct ipc_job job;
	struct ipc_document cached[2];
	size_t ncached;
	int b[2]; /* [B]: the worker's end, the monitor's */
	struct channel channel;
	bool was_cached;
	struct http *h;
	struct metadata *m;
	struct jwks *k;
	struct err e;
};

static int
set_up(void **state)
{
	static struct world x;

	x = (struct world){ .h = NULL };
	*state = &x;
	tlsserver_listen(&x.s);
	x.job =
	    (struct ipc_job){ .issuer = x.s.url, .deadline = clock_boot_ms(&clock_system) + 5000 };
	assert_int_equal(chan_pair(x.b, NULL), E_OK);
	x.channel = (struct channel){ .fd = x.b[0], .clock = &clock_system };
	return 0;
}

static int
tear_down(void **state)
{
	struct world *x = *state;

	metadata_free(x->m);
	jwks_free(x->k);
	http_free(x->h);
	free(x->bytes[0]);
	free(x->bytes[1]);
	free(x->cached[0].body);
	free(x->cached[1].body);
	(void)close(x->b[0]);
	(void)close(x->b[1]);
	tlsserver_stop(&x->s);
	return 0;
}

static void
serve(struct world *x, char *discovery, char *keys)
{
	x->bytes[0] = discovery;
	x->bytes[1] = keys;
	x->answer[0] = (struct tlsserver_answer){ "/.well-known/openid-configuration", discovery,
		TLSSERVER_KEEP };
	x->answer[1] =
	    (struct tlsserver_answer){ "/jwks", keys == NULL ? "" : keys, TLSSERVER_KEEP };
	tlsserver_serve(&x->s, x->answer, keys == NULL ? 1 : 2);
	assert_int_equal(
	    http_new(&x->h, &(struct http_options){ x->s.ca, "", 3000, -1, &clock_system }, NULL),
	    E_OK);
}

static struct discover
with(const struct world *x)
{
	return (struct discover){ &x->channel, &x->job, x->cached, x->ncached, x->h };
}

static enum errcode
get_metadata(struct world *x)
{
	const struct discover d = with(x);

	return discover_metadata(&x->m, &x->was_cached, &d, &x->e);
}

static enum errcode
get_keys(struct world *x)
{
	const struct discover d = with(x);

	return discover_keys(&x->k, &x->was_cached, &d, x->m, &x->e);
}

/* Takes body over. */
static void
have_cached(struct world *x, enum ipc_kind kind, int64_t age, char *body)
{
	x->cached[x->ncached++] = (struct ipc_document){
		.kind = kind, .fetched = clock_wall(&clock_system) - age, .body = body
	};
}

/* The next document that the monitor was offered; false: none. */
static bool
offered(struct world *x, struct ipc_msg *m)
{
	struct buf *b = buf_new(IPC_MAX);
	bool came = chan_recv(x->b[1], b, IPC_MAX, &clock_system, clock_boot_ms(&clock_system) + 50,
	                NULL) == E_OK;

	if (came)
		assert_int_equal(ipc_decode(buf_data(b), buf_len(b), m, NULL), E_OK);
	buf_free(b);
	return came;
}

static char *
document(const struct world *x)
{
	char text[1024];

	(void)snprintf(text, sizeof(text),
	    "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\",\"token_endpoint\":\"%s/token\","
	    "\"authorization_endpoint\":\"%s/auth\",\"registration_endpoint\":\"%s/reg\","
	    "\"end_session_endpoint\":\"%s/end\","
	    "\"device_authorization_endpoint\":\"%s/device\"}",
	    x->s.url, x->s.url, x->s.url, x->s.url, x->s.url, x->s.url, x->s.url);
	return strdup(text);
}

static char *
found(const struct world *x, const char *status)
{
	char *d = document(x), *bytes = tlsserver_json(status, d);

	free(d);
	return bytes;
}

/* C-021: and nothing else that the metadata name is asked */
static void
metadata_and_keys_are_found(void **state)
{
	struct world *x = *state;

	serve(x, found(x, "200 OK"), tlsserver_json("200 OK", KEYS));
	assert_int_equal(get_metadata(x), E_OK);
	assert_string_equal(x->m->issuer, x->s.url);
	assert_int_equal(get_keys(x), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "GET "), 2);
	assert_int_equal(tlsserver_count(&x->s, "HTTP/1.1\r\n"), 2);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
}

static void
no_metadata(struct world *x, char *bytes, enum errcode want, const char *reason)
{
	serve(x, bytes, NULL);
	assert_int_equal(get_metadata(x), want);
	assert_string_equal(err_reason(&x->e), reason);
	assert_null(x->m);
}

/* A caller can bring it about, so it must not be what break-glass is for; 503 beside it is. */
static void
too_many_requests_is_no_outage(void **state)
{
	struct world *x = *state;

	no_metadata(x, found(x, "429 Too Many Requests"), E_BUSY, "disc.status");
}

/* C-002 disc.status.* */
static void
refuses_a_status_that_is_not_200(void **state)
{
	static const char *const status[] = { "201 Created", "204 No Content",
		"206 Partial Content", "304 Not Modified", "404 Not Found" };

	for (size_t i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
		struct world *x = *state;

		no_metadata(x, found(x, status[i]), E_PROTO, "disc.status");
		assert_int_equal(tear_down(state), 0);
		assert_int_equal(set_up(state), 0);
	}
}

static void
a_broken_provider_is_one_that_cannot_be_reached(void **state)
{
	struct world *x = *state;

	no_metadata(x, found(x, "503 Unavailable"), E_NET, "disc.status");
}

/* C-050 disc.redir, H-09 */
static void
refuses_a_redirect(void **state)
{
	struct world *x = *state;

	no_metadata(x, found(x, "302 Found\r\nLocation: /elsewhere"), E_PROTO, "disc.status");
	assert_int_equal(tlsserver_count(&x->s, "GET "), 1);
}

/* C-003 disc.ctype.html, H-14 */
static void
refuses_a_captive_portal(void **state)
{
	struct world *x = *state;

	no_metadata(x,
	    strdup("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"),
	    E_PROTO, "disc.ctype");
}

/* C-003 disc.ctype.xjson */
static void
refuses_json_by_another_name(void **state)
{
	struct world *x = *state;
	char *d = document(x), *bytes = NULL;

	assert_true(asprintf(&bytes,
	                "HTTP/1.1 200 OK\r\nContent-Type: application/jsonp\r\n"
	                "Content-Length: %zu\r\n\r\n%s",
	                strlen(d), d) > 0);
	free(d);
	no_metadata(x, bytes, E_PROTO, "disc.ctype");
}

static void
refuses_another_issuer(void **state)
{
	struct world *x = *state;
	char *d = document(x), other[80];

	(void)snprintf(other, sizeof(other), "%s/", x->s.url);
	x->job.issuer = other;
	no_metadata(x, tlsserver_json("200 OK", d), E_PROTO, "disc.iss");
	free(d);
}

/* H-01 */
static void
refuses_a_document_over_its_limit(void **state)
{
	struct world *x = *state;
	char *big = malloc(METADATA_MAX + 2);

	assert_non_null(big);
	memset(big, ' ', METADATA_MAX + 1);
	big[METADATA_MAX + 1] = '\0';
	no_metadata(x, tlsserver_json("200 OK", big), E_PROTO, "http.size");
	free(big);
}

/* H-21 */
static void
keys_have_reasons_of_their_own(void **state)
{
	struct world *x = *state;

	serve(x, found(x, "200 OK"), tlsserver_json("403 Forbidden", KEYS));
	assert_int_equal(get_metadata(x), E_OK);
	assert_int_equal(get_keys(x), E_PROTO);
	assert_string_equal(err_reason(&x->e), "jwks.status");
	assert_null(x->k);
}

/* C-132 jwks.ctype, H-14, H-21 */
static void
keys_are_no_web_page(void **state)
{
	struct world *x = *state;

	serve(x, found(x, "200 OK"),
	    strdup(
	        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"));
	assert_int_equal(get_metadata(x), E_OK);
	assert_int_equal(get_keys(x), E_PROTO);
	assert_string_equal(err_reason(&x->e), "jwks.ctype");
	assert_null(x->k);
}

/* C-132 */
static void
keys_may_come_as_a_jwk_set(void **state)
{
	struct world *x = *state;
	char *bytes = NULL;

	assert_true(asprintf(&bytes,
	                "HTTP/1.1 200 OK\r\nContent-Type: application/jwk-set+json\r\n"
	                "Content-Length: %zu\r\n\r\n%s",
	                strlen(KEYS), KEYS) > 0);
	serve(x, found(x, "200 OK"), bytes);
	assert_int_equal(get_metadata(x), E_OK);
	assert_int_equal(get_keys(x), E_OK);
}

/* Warm: design section 12 counts no discovery, and no request for keys */
static void
fresh_documents_cost_no_request(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	have_cached(x, IPC_METADATA, 86399, document(x));
	have_cached(x, IPC_KEYS, 0, strdup(KEYS));
	serve(x, strdup("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"), NULL);
	assert_int_equal(get_metadata(x), E_OK);
	assert_true(x->was_cached);
	assert_int_equal(get_keys(x), E_OK);
	assert_true(x->was_cached);
	assert_int_equal(tlsserver_count(&x->s, "GET "), 0);
	assert_false(offered(x, &m));
}

/* C-019 disc.cache.*: too old, from the future, or no document at all */
static void
other_cached_documents_are_fetched_anew(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;
	char *good = document(x);

	serve(x, found(x, "200 OK"), NULL);
	for (int i = 0; i < 4; i++) {
		x->ncached = 0;
		have_cached(x, i == 3 ? IPC_KEYS : IPC_METADATA,
		    i == 0       ? DISCOVER_FRESH_S
		        : i == 1 ? -1
		                 : 0,
		    strdup(i == 2 ? "{\"issuer\":\"https://other.example\"}" : good));
		assert_int_equal(get_metadata(x), E_OK);
		assert_false(x->was_cached);
		assert_true(offered(x, &m));
		assert_int_equal(m.document.kind, IPC_METADATA);
		assert_string_equal(m.document.body, good);
		ipc_clear(&m);
		metadata_free(x->m);
		x->m = NULL;
		free(x->cached[0].body);
		x->cached[0].body = NULL;
	}
	assert_int_equal(tlsserver_count(&x->s, "GET "), 4);
	free(good);
}

static void
stale_metadata_serve(struct world *x, const char *status)
{
	have_cached(x, IPC_METADATA, DISCOVER_FRESH_S + 10, document(x));
	serve(x, found(x, status), NULL);
	assert_int_equal(get_metadata(x), E_OK);
	assert_true(x->was_cached);
	assert_int_equal(tlsserver_count(&x->s, "GET "), 1);
}

/* Design section 8, stale-if-error: a provider that is away, but not one that answers nonsense */
static void
stale_metadata_serve_while_the_provider_is_away(void **state)
{
	stale_metadata_serve(*state, "503 Unavailable");
}

/* Any caller can bring 429 about: it must not be how one refuses everybody's login. */
static void
stale_metadata_serve_while_the_provider_is_asked_too_often(void **state)
{
	stale_metadata_serve(*state, "429 Too Many Requests");
}

static void
stale_keys_serve_while_the_provider_is_asked_too_often(void **state)
{
	struct world *x = *state;

	have_cached(x, IPC_METADATA, 0, document(x));
	have_cached(x, IPC_KEYS, DISCOVER_FRESH_S + 10, strdup(KEYS));
	serve(x, found(x, "200 OK"), tlsserver_json("429 Too Many Requests", KEYS));
	assert_int_equal(get_metadata(x), E_OK);
	assert_int_equal(get_keys(x), E_OK);
	assert_true(x->was_cached);
	assert_int_equal(tlsserver_count(&x->s, "GET /jwks"), 1);
}

static void
stale_metadata_do_not_hide_what_the_provider_says(void **state)
{
	struct world *x = *state;

	have_cached(x, IPC_METADATA, DISCOVER_FRESH_S + 10, document(x));
	no_metadata(x, found(x, "404 Not Found"), E_PROTO, "disc.status");
}

/* The monitor hears of it before the request, so that a crowd of logins asks once */
static void
keys_are_fetched_past_the_cache_when_asked_anew(void **state)
{
	struct world *x = *state;
	struct discover d;
	struct ipc_msg m;

	have_cached(x, IPC_METADATA, 0, document(x));
	have_cached(x, IPC_KEYS, 0, strdup(KEYS));
	serve(x, found(x, "200 OK"), tlsserver_json("200 OK", KEYS));
	assert_int_equal(get_metadata(x), E_OK);
	d = with(x);
	assert_int_equal(discover_keys_anew(&x->k, &d, x->m, &x->e), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "GET /jwks"), 1);
	assert_true(offered(x, &m));
	assert_int_equal(m.document.kind, IPC_REFETCH);
	ipc_clear(&m);
	assert_true(offered(x, &m));
	assert_int_equal(m.document.kind, IPC_KEYS);
	assert_string_equal(m.document.body, KEYS);
	ipc_clear(&m);
	discover_forget(&d, IPC_KEYS);
	assert_true(offered(x, &m));
	assert_int_equal(m.document.kind, IPC_KEYS);
	assert_string_equal(m.document.body, "");
	ipc_clear(&m);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(metadata_and_keys_are_found),
		CASE(too_many_requests_is_no_outage),
		CASE(refuses_a_status_that_is_not_200),
		CASE(a_broken_provider_is_one_that_cannot_be_reached),
		CASE(refuses_a_redirect),
		CASE(refuses_a_captive_portal),
		CASE(refuses_json_by_another_name),
		CASE(refuses_another_issuer),
		CASE(refuses_a_document_over_its_limit),
		CASE(keys_have_reasons_of_their_own),
		CASE(keys_are_no_web_page),
		CASE(keys_may_come_as_a_jwk_set),
		CASE(fresh_documents_cost_no_request),
		CASE(other_cached_documents_are_fetched_anew),
		CASE(stale_metadata_serve_while_the_provider_is_away),
		CASE(stale_metadata_serve_while_the_provider_is_asked_too_often),
		CASE(stale_keys_serve_while_the_provider_is_asked_too_often),
		CASE(stale_metadata_do_not_hide_what_the_provider_says),
		CASE(keys_are_fetched_past_the_cache_when_asked_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
