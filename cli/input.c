/* What a subcommand reads. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/input.h"
#include "common/fdio.h"
#include "helper/oidc/alg.h"

#define ALGORITHMS_MAX 16

enum errcode
input_read(struct buf **out, const char *path, size_t max, struct err *e)
{
	bool own = strcmp(path, "-") != 0;
	int fd = own ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	struct buf *b = buf_new(max);
	enum errcode r = E_NOMEM;

	if (fd < 0)
		r = err_set(e, E_SYS, NULL, "%s: %s", path, strerror(errno));
	else if (b == NULL)
		(void)err_set(e, r, NULL, "out of memory");
	else if ((r = fdio_read_all(fd, b)) != E_OK)
		(void)err_set(e, r, NULL, "%s: %s", path,
		    r == E_LIMIT ? "larger than allowed" : strerror(errno));
	if (own)
		fdio_close(&fd);
	if (r == E_OK) {
		*out = b;
		b = NULL;
	}
	buf_free(b);
	return r;
}

static int
digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits) % 16;
}

enum errcode
input_hex(struct buf **out, const char *hex, struct err *e)
{
	size_t len = strlen(hex);
	struct buf *b = buf_new(len / 2 + 1);
	enum errcode r = b == NULL ? E_NOMEM : len % 2 != 0 ? E_FORMAT : E_OK;

	for (size_t i = 0; i < len && r == E_OK; i += 2) {
		int high = digit(hex[i]), low = digit(hex[i + 1]);

		r = high < 0 || low < 0 ? E_FORMAT : buf_put_u8(b, (uint8_t)(high * 16 + low));
	}
	if (r != E_OK) {
		buf_free(b);
		return err_set(e, r, NULL, "not pairs of hex digits");
	}
	*out = b;
	return E_OK;
}

enum errcode
input_algorithms(struct strlist *out, const char *names, struct err *e)
{
	struct strlist l = { .n = 0 };
	enum errcode r = E_OK;

	while (r == E_OK && *names != '\0') {
		size_t n = strcspn(names, ",");

		if ((r = strlist_add(&l, names, n, ALGORITHMS_MAX)) == E_OK &&
		    alg_find(l.v[l.n - 1]) == NULL)
			r = E_FORMAT;
		names += n;
		names += *names == ',';
	}
	if (r != E_OK || l.n == 0) {
		strlist_clear(&l);
		return err_set(e, r == E_OK ? E_FORMAT : r, NULL,
		    "not a list of algorithms: of RS256, RS384, RS512, PS256, PS384, PS512, ES256, "
		    "ES384, ES512 and EdDSA");
	}
	*out = l;
	return E_OK;
}
