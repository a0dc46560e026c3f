/* The provider's metadata and keys, fetched. */
#include "config.h"

#include <stdlib.h>

#include "helper/worker/discover.h"
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

static char *
document(const struct world *x)
{
	char text[1024];

	(void)snprintf(text, sizeof(text),
	    "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\",\"token_endpoint\":\"%s/token\","
	    "\"authorization_endpoint\":\"%s/auth\","
	    "\"device_authorization_endpoint\":\"%s/device\"}",
	    x->s.url, x->s.url, x->s.url, x->s.url, x->s.url);
	return strdup(text);
}

static char *
found(const struct world *x, const char *status)
{
	char *d = document(x), *bytes = tlsserver_json(status, d);

	free(d);
	return bytes;
}

static void
metadata_and_keys_are_found(void **state)
{
	struct world *x = *state;

	serve(x, found(x, "200 OK"), tlsserver_json("200 OK", KEYS));
	assert_int_equal(discover_metadata(&x->m, x->h, &x->job, &x->e), E_OK);
	assert_string_equal(x->m->issuer, x->s.url);
	assert_int_equal(discover_keys(&x->k, x->h, x->m, &x->job, &x->e), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "GET "), 2);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
}

static void
no_metadata(struct world *x, char *bytes, enum errcode want, const char *reason)
{
	serve(x, bytes, NULL);
	assert_int_equal(discover_metadata(&x->m, x->h, &x->job, &x->e), want);
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

static void
refuses_a_status_that_is_not_200(void **state)
{
	struct world *x = *state;

	no_metadata(x, found(x, "404 Not Found"), E_PROTO, "disc.status");
}

static void
a_broken_provider_is_one_that_cannot_be_reached(void **state)
{
	struct world *x = *state;

	no_metadata(x, found(x, "503 Unavailable"), E_NET, "disc.status");
}

static void
refuses_a_redirect(void **state)
{
	struct world *x = *state;

	no_metadata(x, found(x, "302 Found\r\nLocation: /elsewhere"), E_PROTO, "disc.status");
	assert_int_equal(tlsserver_count(&x->s, "GET "), 1);
}

static void
refuses_a_captive_portal(void **state)
{
	struct world *x = *state;

	no_metadata(x,
	    strdup("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"),
	    E_PROTO, "disc.ctype");
}

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

static void
keys_have_reasons_of_their_own(void **state)
{
	struct world *x = *state;

	serve(x, found(x, "200 OK"), tlsserver_json("403 Forbidden", KEYS));
	assert_int_equal(discover_metadata(&x->m, x->h, &x->job, &x->e), E_OK);
	assert_int_equal(discover_keys(&x->k, x->h, x->m, &x->job, &x->e), E_PROTO);
	assert_string_equal(err_reason(&x->e), "jwks.status");
	assert_null(x->k);
}

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
	assert_int_equal(discover_metadata(&x->m, x->h, &x->job, &x->e), E_OK);
	assert_int_equal(discover_keys(&x->k, x->h, x->m, &x->job, &x->e), E_OK);
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
		CASE(keys_may_come_as_a_jwk_set),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
