/* The Basic scheme: a client's name and secret in one header. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

#include "common/secmem.h"
#include "mock_idp/basic.h"
#include "mock_idp/form.h"

/* "name:secret", each form-encoded. */
static bool
split(struct basic *b, const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);
	size_t n = colon == NULL ? 0 : (size_t)(colon - text);

	if (colon == NULL)
		return false;
	b->name = form_decode(text, n);
	b->secret = form_decode(colon + 1, len - n - 1);
	return b->name != NULL && b->secret != NULL;
}

bool
basic_read(struct basic *b, const char *header)
{
	static const char scheme[] = "Basic ";
	const char *text = header + sizeof(scheme) - 1;
	unsigned char raw[BASIC_MAX];
	size_t len, pad = 0;
	bool ok;
	int n;

	*b = (struct basic){ NULL, NULL };
	if (strncasecmp(header, scheme, sizeof(scheme) - 1) != 0 || (len = strlen(text)) == 0 ||
	    len > BASIC_MAX)
		return false;
	while (pad < 2 && pad < len && text[len - 1 - pad] == '=')
		pad++;
	/* refuses what does not come in fours; the padding comes out as zeros */
	if ((n = EVP_DecodeBlock(raw, (const unsigned char *)text, (int)len)) < (int)pad)
		return false;
	ok = split(b, (const char *)raw, (size_t)n - pad);
	explicit_bzero(raw, sizeof(raw));
	if (!ok)
		basic_clear(b);
	return ok;
}

void
basic_clear(struct basic *b)
{
	secmem_freestr(b->name);
	secmem_freestr(b->secret);
	*b = (struct basic){ NULL, NULL };
}
