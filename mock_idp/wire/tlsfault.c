/* What is wrong with TLS on a fresh connection, out of a script's object. */
#include "config.h"

#include <string.h>

#include <openssl/ssl.h>

#include "common/text.h"
#include "mock_idp/wire/tlsfault.h"

#define VERSIONS "1.0, 1.1, 1.2, 1.3"
#define SHOWN 80 /* characters of a foreign word in an error, with the NUL */

static const char *const certs[TLSFAULT_CERTS] = {
	[TLSFAULT_GOOD] = "good",
	[TLSFAULT_EXPIRED] = "expired",
	[TLSFAULT_NOT_YET] = "not-yet",
	[TLSFAULT_WRONG_NAME] = "wrong-name",
	[TLSFAULT_CN_ONLY] = "cn-only",
	[TLSFAULT_STAR] = "star",
	[TLSFAULT_NO_IP] = "no-ip",
	[TLSFAULT_CLIENT_EKU] = "client-eku",
	[TLSFAULT_WEAK] = "weak",
	[TLSFAULT_SELF_SIGNED] = "self-signed",
	[TLSFAULT_OTHER_CA] = "other-ca",
	[TLSFAULT_NO_INTERMEDIATE] = "no-intermediate",
	[TLSFAULT_CHAIN] = "chain",
};

const char *
tlsfault_cert_name(enum tlsfault_cert cert)
{
	return certs[cert];
}

static bool
read_cert(struct tlsfault *t, const char *v)
{
	for (size_t i = 0; i < TLSFAULT_CERTS; i++)
		if (strcmp(certs[i], v) == 0) {
			t->cert = (enum tlsfault_cert)i;
			return true;
		}
	return false;
}

static int
version(const char *v)
{
	static const struct {
		const char *name;
		int version;
	} known[] = {
		{ "1.0", TLS1_VERSION },
		{ "1.1", TLS1_1_VERSION },
		{ "1.2", TLS1_2_VERSION },
		{ "1.3", TLS1_3_VERSION },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].name, v) == 0)
			return known[i].version;
	return 0;
}

static bool
read_min(struct tlsfault *t, const char *v)
{
	return (t->min = version(v)) != 0;
}

static bool
read_max(struct tlsfault *t, const char *v)
{
	return (t->max = version(v)) != 0;
}

static bool
read_alpn(struct tlsfault *t, const char *v)
{
	return t->h2 = strcmp(v, "h2") == 0;
}

static const struct {
	const char *name;
	const char *what, *known;
	bool (*read)(struct tlsfault *t, const char *v);
} members[] = {
	{ "cert", "certificate",
	    "good, expired, not-yet, wrong-name, cn-only, star, no-ip, client-eku, weak, "
	    "self-signed, other-ca, no-intermediate, chain",
	    read_cert },
	{ "min", "TLS version", VERSIONS, read_min },
	{ "max", "TLS version", VERSIONS, read_max },
	{ "alpn", "ALPN protocol", "h2", read_alpn },
};

static enum errcode
read_member(struct tlsfault *t, const char *name, const json_t *v, struct err *e)
{
	char shown[SHOWN];

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (strcmp(members[i].name, name) != 0)
			continue;
		if (!json_is_string(v))
			return err_set(e, E_CFG, NULL, ".%s: want a text", name);
		if (members[i].read(t, json_string_value(v)))
			return E_OK;
		return err_set(e, E_CFG, NULL, ".%s: unknown %s %s; known: %s", name,
		    members[i].what,
		    text_escape(shown, sizeof(shown), json_string_value(v), json_string_length(v)),
		    members[i].known);
	}
	return err_set(e, E_CFG, NULL, ": unknown member %s",
	    text_escape(shown, sizeof(shown), name, strlen(name)));
}

enum errcode
tlsfault_parse(json_t *o, struct tlsfault *out, struct err *e)
{
	struct tlsfault t = { .cert = TLSFAULT_GOOD };
	enum errcode r = E_OK;

	memset(out, 0, sizeof(*out));
	if (!json_is_object(o))
		return err_set(e, E_CFG, NULL, ": want an object");
	for (void *i = json_object_iter(o); i != NULL && r == E_OK; i = json_object_iter_next(o, i))
		r = read_member(&t, json_object_iter_key(i), json_object_iter_value(i), e);
	if (r == E_OK && t.min != 0 && t.max != 0 && t.min > t.max)
		r = err_set(e, E_CFG, NULL, ".min: is above max");
	if (r == E_OK)
		*out = t;
	return r;
}
