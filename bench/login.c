/* A device login as a relying party does it: three requests on one connection of its own. */
#include "config.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bench/login.h"
#include "common/buf.h"

#define BODY_MAX 65536
#define CLIENT "client_id=linux-login"
#define GRANT "grant_type=urn:ietf:params:oauth:grant-type:device_code"

struct login {
	const struct provider *p;
	CURL *easy;
	struct buf *body, *form;
	double ms;
	long connections;
	char curl_why[CURL_ERROR_SIZE];
	char why[LOGIN_WHY_SIZE];
};

static size_t
on_body(char *data, size_t size, size_t n, void *arg)
{
	struct login *l = arg;

	(void)size;
	return buf_put(l->body, data, n) == E_OK ? n : 0;
}

struct login *
login_new(const struct provider *p)
{
	struct login *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->p = p;
	if ((l->body = buf_new(BODY_MAX)) == NULL || (l->form = buf_new(BODY_MAX)) == NULL ||
	    (l->easy = curl_easy_init()) == NULL ||
	    curl_easy_setopt(l->easy, CURLOPT_CAINFO, p->ca) != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_PROXY, "") != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_NOSIGNAL, 1L) != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_TIMEOUT, (long)p->patience) != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_USERAGENT, "latchkey-bench") != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_ERRORBUFFER, l->curl_why) != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_WRITEFUNCTION, on_body) != CURLE_OK ||
	    curl_easy_setopt(l->easy, CURLOPT_WRITEDATA, l) != CURLE_OK) {
		login_free(l);
		return NULL;
	}
	return l;
}

void
login_free(struct login *l)
{
	if (l == NULL)
		return;
	curl_easy_cleanup(l->easy);
	buf_free(l->body);
	buf_free(l->form);
	free(l);
}

static bool no(struct login *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool
no(struct login *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(l->why, sizeof(l->why), fmt, ap);
	va_end(ap);
	return false;
}

/* What the transfer cost, and whether the answer is 200. */
static bool
judge(struct login *l, const char *path, CURLcode rc)
{
	long status = 0, connections = 0;
	double s = 0;

	(void)curl_easy_getinfo(l->easy, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(l->easy, CURLINFO_NUM_CONNECTS, &connections);
	(void)curl_easy_getinfo(l->easy, CURLINFO_TOTAL_TIME, &s);
	l->ms += s * 1000;
	l->connections += connections;
	if (rc != CURLE_OK)
		return no(l, "%s: %s", path, l->curl_why);
	if (status != 200)
		return no(l, "%s: status %ld", path, status);
	return l->connections == 1 || no(l, "%s: connection number %ld", path, l->connections);
}

/* Posts the form if there is one, gets otherwise; a JSON object, which is the caller's, or NULL. */
static json_t *
ask(struct login *l, const char *path, const char *form)
{
	char url[256];
	const char *text;
	json_t *o = NULL;

	buf_reset(l->body);
	(void)snprintf(url, sizeof(url), "%s%s", l->p->issuer, path);
	if (curl_easy_setopt(l->easy, CURLOPT_URL, url) != CURLE_OK ||
	    curl_easy_setopt(l->easy, form == NULL ? CURLOPT_HTTPGET : CURLOPT_POST, 1L) !=
	        CURLE_OK ||
	    (form != NULL && curl_easy_setopt(l->easy, CURLOPT_POSTFIELDS, form) != CURLE_OK)) {
		(void)no(l, "%s: no such request", path);
		return NULL;
	}
	if (!judge(l, path, curl_easy_perform(l->easy)))
		return NULL;
	text = buf_cstr(l->body);
	o = text == NULL ? NULL : json_loads(text, 0, NULL);
	if (json_is_object(o))
		return o;
	(void)no(l, "%s: no JSON object", path);
	json_decref(o);
	return NULL;
}

/* A member of text, or "" and a complaint. */
static const char *
text_of(struct login *l, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	if (o != NULL && s == NULL)
		(void)no(l, "no %s in an answer", name);
	return s == NULL ? "" : s;
}

bool
login_begin(struct login *l)
{
	json_t *o = ask(l, "/api/oidc/device-authorization",
	    CLIENT "&scope=openid%20profile%20groups&nonce=one-of-a-kind-0001");
	const char *code = text_of(l, o, "device_code");

	buf_reset(l->form);
	if (*code != '\0' && buf_printf(l->form, CLIENT "&" GRANT "&device_code=%s", code) != E_OK)
		(void)no(l, "out of memory");
	json_decref(o);
	return l->why[0] == '\0';
}

static bool
ask_who(struct login *l, const char *access_token)
{
	struct curl_slist *headers = NULL;
	char bearer[4096];
	json_t *o = NULL;

	(void)snprintf(bearer, sizeof(bearer), "Authorization: Bearer %s", access_token);
	if ((headers = curl_slist_append(NULL, bearer)) == NULL ||
	    curl_easy_setopt(l->easy, CURLOPT_HTTPHEADER, headers) != CURLE_OK)
		(void)no(l, "out of memory");
	else if ((o = ask(l, "/api/oidc/userinfo", NULL)) != NULL &&
	    strcmp(text_of(l, o, "preferred_username"), "alice") != 0)
		(void)no(l, "UserInfo does not name alice");
	(void)curl_easy_setopt(l->easy, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(headers);
	json_decref(o);
	return l->why[0] == '\0';
}

bool
login_finish(struct login *l)
{
	const char *form = buf_cstr(l->form);
	json_t *o = form == NULL ? NULL : ask(l, "/api/oidc/token", form);

	(void)text_of(l, o, "id_token");
	if (o != NULL && l->why[0] == '\0')
		(void)ask_who(l, text_of(l, o, "access_token"));
	json_decref(o);
	return l->why[0] == '\0';
}

double
login_ms(const struct login *l)
{
	return l->ms;
}

const char *
login_why(const struct login *l)
{
	return l->why;
}
