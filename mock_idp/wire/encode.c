/* A body behind a Content-Encoding. */
#include "config.h"

#include "mock_idp/wire/encode.h"

#define BLOCK ((size_t)65535) /* of gzip, whose length field is the shorter one */

/* magic, deflate, no flags, no time, no level, unknown system */
static const uint8_t gzip_head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255 };

/*
 * One dynamic block, the best that deflate can do: code lengths 1 for "258 bytes again" and for
 * distance 1, 2 for a zero and for the end. Then 130 zeros one by one; from here on two zero bits
 * are 258 bytes.
 */
static const uint8_t bomb_head[] = { 0xed, 0xc0, 0x81, 0x00, 0x00, 0x00, 0x00, 0x80, 0xa0, 0xfd,
	0xa9, 0x17, 0xa9, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa,
	0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa,
	0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0x02 };
#define BOMB_ZEROS ((size_t)260111)
#define BOMB_END 0x06 /* end of block, in the bits where the zeros leave off */
#define BOMB_CRC 0x2a0e7dbbU

static enum errcode
put_le32(struct buf *out, uint32_t v)
{
	const uint8_t raw[] = { (uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16),
		(uint8_t)(v >> 24) };

	return buf_put(out, raw, sizeof(raw));
}

/* RFC 1952 section 8 */
static uint32_t
crc32(const uint8_t *p, size_t len)
{
	uint32_t c = 0xffffffffU;

	for (size_t i = 0; i < len; i++) {
		c ^= p[i];
		for (int k = 0; k < 8; k++)
			c = (c >> 1) ^ (0xedb88320U & (0U - (c & 1)));
	}
	return ~c;
}

/* RFC 1951 section 3.2.4 */
static enum errcode
put_stored(struct buf *out, const uint8_t *p, size_t len)
{
	enum errcode r = E_OK;

	do {
		size_t n = len < BLOCK ? len : BLOCK;
		const uint8_t head[] = { n == len, (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)~n,
			(uint8_t)(~n >> 8) };

		if ((r = buf_put(out, head, sizeof(head))) == E_OK)
			r = buf_put(out, p, n);
		p += n;
		len -= n;
	} while (len > 0 && r == E_OK);
	return r;
}

static enum errcode
put_gzip(struct buf *out, const uint8_t *p, size_t len)
{
	enum errcode r = buf_put(out, gzip_head, sizeof(gzip_head));

	if (r == E_OK)
		r = put_stored(out, p, len);
	if (r == E_OK)
		r = put_le32(out, crc32(p, len));
	return r == E_OK ? put_le32(out, (uint32_t)len) : r;
}

/* RFC 7932 section 9.2: the least significant bit comes first. Before the first block stands the
 * window size, a single 0 for 64 KiB. */
static enum errcode
put_brotli(struct buf *out, const uint8_t *p, size_t len)
{
	enum errcode r = E_OK;
	unsigned shift = 1;

	while (len > 0 && r == E_OK) {
		size_t n = len < BLOCK ? len : BLOCK;
		/* ISLAST 0, MNIBBLES 4 (00), MLEN - 1, ISUNCOMPRESSED 1 */
		uint32_t bits = (((uint32_t)n - 1) << 3 | 1U << 19) << shift;
		const uint8_t head[] = { (uint8_t)bits, (uint8_t)(bits >> 8),
			(uint8_t)(bits >> 16) };

		if ((r = buf_put(out, head, sizeof(head))) == E_OK)
			r = buf_put(out, p, n);
		p += n;
		len -= n;
		shift = 0;
	}
	/* ISLAST, ISLASTEMPTY */
	return r == E_OK ? buf_put_u8(out, (uint8_t)(3U << shift)) : r;
}

static enum errcode
put_bomb(struct buf *out)
{
	static const uint8_t zeros[4096];
	enum errcode r = buf_put(out, gzip_head, sizeof(gzip_head));

	if (r == E_OK)
		r = buf_put(out, bomb_head, sizeof(bomb_head));
	for (size_t left = BOMB_ZEROS, n; left > 0 && r == E_OK; left -= n) {
		n = left < sizeof(zeros) ? left : sizeof(zeros);
		r = buf_put(out, zeros, n);
	}
	if (r == E_OK)
		r = buf_put_u8(out, BOMB_END);
	if (r == E_OK)
		r = put_le32(out, BOMB_CRC);
	return r == E_OK ? put_le32(out, (uint32_t)ENCODE_BOMB_SIZE) : r;
}

enum errcode
encode_put(struct buf *out, enum fault_encoding encoding, const uint8_t *p, size_t len)
{
	switch (encoding) {
	case FAULT_IDENTITY:
		return buf_put(out, p, len);
	case FAULT_GZIP:
		return put_gzip(out, p, len);
	case FAULT_BR:
		return put_brotli(out, p, len);
	case FAULT_GZIP_BOMB:
		return put_bomb(out);
	}
	return E_FORMAT;
}

const char *
encode_name(enum fault_encoding encoding)
{
	switch (encoding) {
	case FAULT_IDENTITY:
		return NULL;
	case FAULT_GZIP:
	case FAULT_GZIP_BOMB:
		return "gzip";
	case FAULT_BR:
		return "br";
	}
	return NULL;
}
