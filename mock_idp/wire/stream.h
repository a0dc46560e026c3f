/* Bytes to and from the other end, through TLS or without. Never blocks. */
#ifndef MOCK_IDP_WIRE_STREAM_H
#define MOCK_IDP_WIRE_STREAM_H

#include <stdbool.h>

#include <openssl/ssl.h>

enum stream_went {
	STREAM_OK,
	STREAM_BLOCKED, /* until events of fd */
	STREAM_OVER,    /* the other end is gone, or talks nonsense */
};

struct stream {
	int fd;
	SSL *ssl; /* NULL: without TLS */
	short events;
};

/* Takes a nonblocking fd over, also when it fails. ctx NULL: without TLS. */
bool stream_open(struct stream *s, int fd, SSL_CTX *ctx);
void stream_close(struct stream *s);

enum stream_went stream_handshake(struct stream *s);

/* *n: how many of them it were, more than 0 if STREAM_OK. */
enum stream_went stream_read(struct stream *s, void *p, size_t size, size_t *n);
enum stream_went stream_write(struct stream *s, const void *p, size_t len, size_t *n);

/* The end of what we say: close_notify, unless it is to be missing, and FIN. */
enum stream_went stream_goodbye(struct stream *s, bool notify);

/* Throws away what comes, below TLS; STREAM_OVER at its end. */
enum stream_went stream_discard(struct stream *s, size_t *n);
/* The same without reading: did the client say anything; has it hung up; is the connection dead? */
bool stream_spoken(const struct stream *s);
bool stream_hung_up(const struct stream *s);
bool stream_dead(const struct stream *s);

/* Has everything reached the other machine? */
bool stream_flushed(const struct stream *s);
/* stream_close then resets the connection instead of ending it. */
void stream_reset(struct stream *s);

#endif
