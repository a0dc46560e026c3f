/* One HTTPS request at a time on libcurl. */
#include "config.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/text.h"
#include "common/url.h"
#include "helper/worker/http.h"
#include "helper/worker/peer.h"
#include "helper/worker/reply.h"

#define WORDS 160

struct http {
	CURL *easy;
	CURLM *multi;
	char why[CURL_ERROR_SIZE]; /* libcurl's own words on the last failure */
	const struct clock *clock;
	char *ca_file;
	int64_t timeout_ms;
	int watch;
	bool stalled;            /* see stalled() */
	unsigned posts;          /* of a form: one more than libcurl began to send it */
	int64_t began, late;     /* of the request under way: boot ms, ms in all */
	char host[URL_HOST_MAX]; /* of the request under way */
};

static CURLcode
on_tls(CURL *c, void *ssl_ctx, void *arg)
{
	const struct http *h = arg;

	(void)c;
	return peer_must_be(ssl_ctx, h->host) ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

/*
 * Before anything of a request is sent. Where a connection that was used before breaks, libcurl
 * begins again on a new one; but a form may have arrived, and a code that comes twice is a stolen
 * one.
 */
static int
on_begin(void *arg, char *at, char *from, int port, int local_port)
{
	struct http *h = arg;

	(void)at;
	(void)from;
	(void)port;
	(void)local_port;
	return h->posts > 0 && h->posts++ > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* What holds for every request. True when libcurl took all of it: an option that is not there must
 * not go unseen. */
static bool
set_fixed(CURL *c, const struct http_options *o, char *why)
{
	const char *ca_file = o->ca_file;
	bool own = ca_file[0] != '\0';

	return curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	    /* "" is none, whatever the environment says */
	    curl_easy_setopt(c, CURLOPT_PROXY, o->proxy) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOPROXY, "") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
#if LIBCURL_VERSION_NUM >= 0x075700
	    /* no wait for a resolver's thread that is past its time: a mute name server would hold
	     * it for 10 s and more */
	    curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK &&
#endif
	    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_USERAGENT, "latchkey/" PACKAGE_VERSION) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_MAXAGE_CONN, (long)HTTP_IDLE_S) == CURLE_OK &&
	    /* the bundle alone would cost 1 MiB and 40 ms: look certificates up by hash instead */
	    curl_easy_setopt(c, CURLOPT_CAINFO, own ? ca_file : NULL) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_CAPATH, own ? NULL : "/etc/ssl/certs") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, reply_body) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, reply_header) == CURLE_OK;
}

enum errcode
http_new(struct http **out, const struct http_options *o, struct err *e)
{
	struct http *h = calloc(1, sizeof(*h));

	if (h == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		goto fail;
	h->easy = curl_easy_init();
	h->multi = curl_multi_init();
	h->clock = o->clock;
	h->timeout_ms = o->timeout_ms;
	h->watch = o->watch;
	h->ca_file = strdup(o->ca_file);
	if (h->ca_file == NULL || h->easy == NULL || h->multi == NULL ||
	    !set_fixed(h->easy, o, h->why) ||
	    curl_easy_setopt(h->easy, CURLOPT_SSL_CTX_FUNCTION, on_tls) != CURLE_OK ||
	    curl_easy_setopt(h->easy, CURLOPT_SSL_CTX_DATA, h) != CURLE_OK ||
	    curl_easy_setopt(h->easy, CURLOPT_PREREQFUNCTION, on_begin) != CURLE_OK ||
	    curl_easy_setopt(h->easy, CURLOPT_PREREQDATA, h) != CURLE_OK)
		goto fail;
	*out = h;
	return E_OK;
fail:
	http_free(h);
	return err_set(e, E_SYS, "http.init", "libcurl cannot be set up");
}

void
http_free(struct http *h)
{
	if (h == NULL)
		return;
	curl_easy_cleanup(h->easy);
	curl_multi_cleanup(h->multi);
	free(h->ca_file);
	free(h);
}

/* "certificate has expired" says more than "peer certificate was not OK"; a server's words may be
 * among them. */
static const char *
words(const struct http *h, CURLcode rc, char *out, size_t size)
{
	const char *s = h->why[0] != '\0' ? h->why : curl_easy_strerror(rc);

	return text_escape(out, size, s, strlen(s));
}

/* The monitor read it as root; whether this user can, and what is in it, shows only here. */
static enum errcode
bad_ca(const char *path, struct err *e)
{
	if (access(path, R_OK) != 0)
		return err_set(e, E_CFG, "cfg.ca_file",
		    "ca_file: %.120s: the user latchkey cannot read it: %s (chmod a+r the file, "
		    "a+x "
		    "the folders above it)",
		    path, strerror(errno));
	return err_set(e, E_CFG, "cfg.ca_file",
	    "ca_file: %.120s: found no certificate; expected one or more in PEM", path);
}

/*
 * This process was stopped, frozen or starved meanwhile. Whoever can do that to a helper of su or
 * sudo must not make it look like a provider that is away, which break-glass is for.
 */
static enum errcode
stalled(struct err *e)
{
	return err_set(
	    e, E_SYS, "sys.stalled", "this process was held up while it waited for an answer");
}

/*
 * One wait of ours stood still, or all those of a request were late for a quarter of its time: a
 * caller's cpu.max can have each of them take a second. On a busy host they are late as well, but
 * not by that much.
 */
static bool
was_held_up(const struct http *h)
{
	int64_t all = clock_boot_ms(h->clock) - h->began;

	return h->stalled || (h->late > HTTP_LATE_MS && h->late > all / 4);
}

/* No ports, descriptors or memory left on this host: any local user can take them, so it is no
 * provider's fault. */
static bool
is_ours(const struct http *h)
{
	long os = 0;

	(void)curl_easy_getinfo(h->easy, CURLINFO_OS_ERRNO, &os);
	return os == EADDRNOTAVAIL || os == EAGAIN || os == EMFILE || os == ENFILE ||
	    os == ENOBUFS || os == ENOMEM;
}

static enum errcode
failure(const struct http *h, CURLcode rc, const struct reply *t, const char *url, struct err *e)
{
	char why[WORDS];

	(void)words(h, rc, why, sizeof(why));
	if (t->starved)
		return err_set(e, E_NOMEM, NULL, "no memory for an answer");
	if (t->over != NULL)
		return err_set(
		    e, E_PROTO, "http.size", "%.200s: the %s is larger than allowed", url, t->over);
	if (t->odd)
		return err_set(e, E_PROTO, "http.reply",
		    "%.200s: no answer of HTTP/1, or one with two lengths", url);
	switch ((int)rc) {
	case CURLE_SSL_CACERT_BADFILE:
		return bad_ca(h->ca_file, e);
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_ENGINE_NOTFOUND:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return err_set(e, E_TLS, "net.tls", "%.120s: %s", url, why);
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_FILESIZE_EXCEEDED:
	case CURLE_BAD_CONTENT_ENCODING:
	case 100: /* CURLE_TOO_LARGE since 8.6: a single endless header line (H-02) */
		return err_set(e, E_PROTO, "http.reply", "%.120s: %s", url, why);
	case CURLE_OUT_OF_MEMORY: /* before, that line again */
		if (curl_version_info(CURLVERSION_NOW)->version_num >= 0x080600)
			return err_set(e, E_NOMEM, NULL, "no memory for a request");
		return err_set(e, E_PROTO, "http.reply", "%.120s: %s", url, why);
	case CURLE_COULDNT_RESOLVE_HOST:
		/* no processes left: a caller can bring that about, so it is no provider's fault */
		if (strstr(h->why, "thread failed") != NULL)
			return err_set(e, E_SYS, "sys.threads", "%.120s: %s", url, why);
		return err_set(e, E_NET, "net.name", "%.120s: %s", url, why);
	case CURLE_ABORTED_BY_CALLBACK: /* see on_begin() */
		return err_set(e, E_NET, "net.connect",
		    "%.200s: the connection broke while an answer was awaited", url);
	case CURLE_OPERATION_TIMEDOUT:
		if (was_held_up(h))
			return stalled(e);
		return err_set(e, E_NET, "net.timeout", "%.120s: %s", url, why);
	default:
		if (is_ours(h))
			return err_set(e, E_SYS, "sys.net", "%.120s: %s", url, why);
		return err_set(e, E_NET, "net.connect", "%.120s: %s", url, why);
	}
}

/* Runs the transfer that was added, to its end, the deadline, or the monitor's. */
static enum errcode
drive(struct http *h, int64_t deadline, CURLcode *rc, struct err *e)
{
	struct curl_waitfd watch = { .fd = h->watch, .events = CURL_WAIT_POLLIN };
	int64_t before = clock_boot_ms(h->clock), late;
	int running = 1, left, slice;
	CURLMsg *m;

	h->began = before;
	h->late = 0;
	for (;;) {
		if (curl_multi_perform(h->multi, &running) != CURLM_OK)
			return err_set(e, E_SYS, "http.init", "libcurl failed");
		if (running == 0)
			break;
		if (clock_left(h->clock, deadline) == 0)
			return was_held_up(h)
			    ? stalled(e)
			    : err_set(e, E_TIMEOUT, "net.timeout", "no answer before the deadline");
		watch.revents = 0;
		slice = clock_left(h->clock, deadline);
		(void)curl_multi_poll(
		    h->multi, &watch, 1, slice < HTTP_SLICE_MS ? slice : HTTP_SLICE_MS, NULL);
		late = clock_boot_ms(h->clock) - before - HTTP_SLICE_MS;
		before += late + HTTP_SLICE_MS;
		h->late += late > 0 ? late : 0;
		h->stalled = h->stalled || late > HTTP_STALL_MS;
		/* nobody speaks to a worker that is asking: this is the end of the monitor */
		if (watch.revents != 0)
			return err_set(e, E_CLOSED, "b.gone", "the monitor hung up");
	}
	while ((m = curl_multi_info_read(h->multi, &left)) != NULL)
		if (m->msg == CURLMSG_DONE)
			*rc = m->data.result;
	return E_OK;
}

static struct curl_slist *
request_headers(const char *authorization)
{
	/* libcurl's own "Expect: 100-continue" would cost a round trip */
	const char *const line[] = { "Accept: application/json", "Expect:", authorization };
	struct curl_slist *l = NULL, *more;

	for (size_t i = 0; i < 3 && line[i] != NULL; i++, l = more)
		if ((more = curl_slist_append(l, line[i])) == NULL) {
			curl_slist_free_all(l);
			return NULL;
		}
	return l;
}

static bool
set_request(CURL *c, const char *url, const struct buf *form, struct curl_slist *headers,
    struct reply *t, long timeout_ms)
{
	bool ok = curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEDATA, t) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HEADERDATA, t) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, timeout_ms) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, timeout_ms) == CURLE_OK;

	if (form == NULL)
		return ok && curl_easy_setopt(c, CURLOPT_HTTPGET, 1L) == CURLE_OK;
	return ok && curl_easy_setopt(c, CURLOPT_POST, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)buf_len(form)) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDS, (const char *)buf_data(form)) == CURLE_OK;
}

static enum errcode
judge(struct http *h, CURLcode rc, const struct reply *t, const char *url, struct err *e)
{
	/* an end without TLS's own is an error to libcurl 8 of late, not to those before it */
	bool cut = rc == CURLE_RECV_ERROR && t->head && !t->framed;

	(void)curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &t->out->status);
	if (t->over != NULL || t->odd || (rc != CURLE_OK && !(cut && t->out->status == 200)))
		return failure(h, rc, t, url, e);
	if (t->out->status == 200 && !t->framed)
		return err_set(e, E_PROTO, "http.framing",
		    "%.200s: the answer has neither Content-Length nor chunks; is a proxy in "
		    "between?",
		    url);
	return E_OK;
}

static enum errcode
take_host(struct http *h, const char *url, struct err *e)
{
	struct err why = { .code = E_OK };
	struct url u;

	if (url_parse(url, &u, &why) != E_OK)
		return err_set(e, E_PROTO, "http.reply", "%.200s: %s", url, why.text);
	memcpy(h->host, u.host, sizeof(h->host));
	return E_OK;
}

enum errcode
http_request(struct http *h, const char *url, const struct buf *form, const char *authorization,
    size_t max, int64_t deadline, struct http_response *out, struct err *e)
{
	struct http_response o = { .retry_after = -1 };
	struct reply t = { .out = &o };
	struct curl_slist *headers = NULL;
	int64_t limit = clock_boot_ms(h->clock) + h->timeout_ms;
	CURLcode rc = CURLE_FAILED_INIT;
	enum errcode r = E_OK;

	h->why[0] = '\0';
	h->posts = form != NULL;
	if ((r = take_host(h, url, e)) != E_OK)
		return r;
	if ((o.body = buf_new(max)) == NULL || (headers = request_headers(authorization)) == NULL ||
	    !set_request(h->easy, url, form, headers, &t, (long)h->timeout_ms) ||
	    curl_multi_add_handle(h->multi, h->easy) != CURLM_OK) {
		r = err_set(e, E_SYS, "http.init", "no memory for a request");
		goto out;
	}
	/* a little later than libcurl's own limit, whose message is better */
	r = drive(h, deadline < limit + 500 ? deadline : limit + 500, &rc, e);
	(void)curl_multi_remove_handle(h->multi, h->easy);
	if (r == E_OK && (r = judge(h, rc, &t, url, e)) == E_OK) {
		*out = o;
		o.body = NULL;
	}
out:
	curl_slist_free_all(headers);
	(void)curl_easy_setopt(h->easy, CURLOPT_HTTPHEADER, NULL);
	http_response_clear(&o);
	return r;
}

enum errcode
http_hang_up(struct http *h, struct err *e)
{
	CURLM *fresh = curl_multi_init();

	if (fresh == NULL)
		return err_set(e, E_SYS, "http.init", "no memory for an HTTP client");
	(void)curl_multi_cleanup(h->multi);
	h->multi = fresh;
	return E_OK;
}

void
http_response_clear(struct http_response *r)
{
	buf_free(r->body);
	r->body = NULL;
}
