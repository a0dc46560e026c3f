/* What this host is set to for a scenario. */
#include "config.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/buf.h"
#include "helper/sys/pins.h"
#include "tests/helper/hostile/setup.h"
#include "tests/helper/hostile/world.h"
#include "tests/support/idp/fill.h"

#define LIMIT_S 25
#define CONF_MAX 16384
#define CA_MAX 8192

static const char *
text(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

const json_t *
setup_find(const json_t *setups, const json_t *scenario)
{
	for (size_t i = 0; i < json_array_size(setups); i++) {
		const json_t *s = json_array_get(setups, i);
		bool by_id = json_object_get(s, "id") != NULL;
		const char *which = by_id ? "id" : "needs";

		if (fnmatch(text(s, which), text(scenario, which), FNM_NOESCAPE) == 0)
			return s;
	}
	return NULL;
}

long
setup_limit(const json_t *setup)
{
	const json_t *s = json_object_get(setup, "limit");

	return s == NULL ? LIMIT_S : (long)json_integer_value(s);
}

bool
setup_is_slow(const json_t *setup)
{
	return json_object_get(setup, "limit") != NULL;
}

bool
setup_environment(const json_t *setup)
{
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(setup, "env"), name,
	    value) if (setenv(name, json_string_value(value), 1) != 0) return false;
	return true;
}

/* The provider's, and where the login's own files lie. */
static json_t *
known(const json_t *setup, const json_t *ready)
{
	json_t *o = json_copy((json_t *)(uintptr_t)ready);
	char limit[16];

	(void)snprintf(limit, sizeof(limit), "%ld", setup_limit(setup));
	(void)json_object_set_new(o, "dir", json_string(WORLD_DIR));
	(void)json_object_set_new(o, "ca", json_string(WORLD_DIR "/ca.pem"));
	(void)json_object_set_new(o, "limit", json_string(limit));
	return o;
}

/* Where the worker's account can read it, whatever the provider's own folder is. */
static bool
copy_ca(const json_t *ready)
{
	char pem[CA_MAX];
	FILE *f = fopen(text(ready, "ca"), "re");
	size_t n = f == NULL ? 0 : fread(pem, 1, sizeof(pem) - 1, f);

	if (f != NULL)
		(void)fclose(f);
	pem[n] = '\0';
	return n > 0 && world_file("ca.pem", pem, 0644);
}

static json_t *
merge(const json_t *conf, const json_t *changes)
{
	json_t *whole = json_deep_copy(conf), *keys;
	const char *section;

	json_object_foreach((json_t *)(uintptr_t)changes, section, keys)
	{
		if (json_object_get(whole, section) == NULL)
			(void)json_object_set_new(whole, section, json_object());
		(void)json_object_update(json_object_get(whole, section), keys);
	}
	return whole;
}

static bool
put_section(struct buf *b, const char *section, const json_t *keys)
{
	const char *key;
	json_t *value;

	if (buf_printf(b, "[%s]\n", section) != E_OK)
		return false;
	json_object_foreach((json_t *)(uintptr_t)keys, key, value) if (!json_is_null(value) &&
	    buf_printf(b, "%s = %s\n", key, json_string_value(value)) != E_OK) return false;
	return true;
}

static bool
write_conf(const json_t *conf)
{
	struct buf *b = buf_new(CONF_MAX);
	const char *section;
	json_t *keys;
	bool ok = b != NULL;

	json_object_foreach((json_t *)(uintptr_t)conf, section, keys) ok =
	    ok && put_section(b, section, keys);
	ok = ok && buf_cstr(b) != NULL && world_file("latchkey.conf", buf_cstr(b), 0600);
	buf_free(b);
	return ok;
}

static bool
write_pin(const json_t *setup, const json_t *ready)
{
	const struct pin nobody = { .bound = false };
	struct pin her = { .bound = true };
	bool changed = true;

	if (text(setup, "pinned")[0] == '\0')
		return true;
	(void)snprintf(her.issuer, sizeof(her.issuer), "%s", text(ready, "issuer"));
	(void)snprintf(her.sub, sizeof(her.sub), "%s", text(setup, "pinned"));
	return mkdir(LOCALSTATEDIR "/lib/latchkey", 0700) == 0 &&
	    pins_replace(LOCALSTATEDIR "/lib/latchkey/pins", "alice", &nobody, &her, &changed,
	        &clock_system, NULL) == E_OK &&
	    !changed;
}

bool
setup_write(const json_t *setup, const json_t *conf, const json_t *ready)
{
	json_t *k = known(setup, ready), *merged = merge(conf, json_object_get(setup, "conf")),
	       *filled = fill(merged, k);
	bool ok = copy_ca(ready) && write_conf(filled) &&
	    world_file("secret", text(setup, "secret"), 0600) && write_pin(setup, ready);

	json_decref(filled);
	json_decref(merged);
	json_decref(k);
	return ok;
}
