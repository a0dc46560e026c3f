/* One HTTPS request by libcurl, and what came of it. */
#ifndef TESTS_SUPPORT_IDP_FETCH_H
#define TESTS_SUPPORT_IDP_FETCH_H

#include <stdbool.h>

#include <curl/curl.h>
#include <jansson.h>

/* A client with one connection that is used again; NULL: none. curl_easy_cleanup. */
CURL *fetch_new(const char *ca_file);

struct fetch {
	const char *url;
	const char *form;   /* NULL: GET */
	const char *bearer; /* NULL: no Authorization */
	long timeout_ms;
	bool
	    fresh; /* on a connection of its own: libcurl asks twice when one of before is closed */
};

/*
 * "curl" exit code, "status", "ms", "type" (absent: none), "headers" {name in lower case: first
 * value}, "location", "body" (bytes_text), "bytes", "json" (absent: none), "token" and "at" (the
 * texts of id_token and access_token). A new reference.
 */
json_t *fetch(CURL *c, const struct fetch *f);

#endif
