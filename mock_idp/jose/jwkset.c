/* The key set that the provider shows. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkset.h"
#include "mock_idp/jose/manykeys.h"
#include "mock_idp/jose/mutate_jwk.h"

static bool
names_key(const json_t *v)
{
	return json_is_string(v) && keys_name(json_string_value(v));
}

/* Are these all of the object's members, whichever of them are there? */
static bool
only(const json_t *o, const char *const *names)
{
	size_t n = 0;

	for (; *names != NULL; names++)
		n += json_object_get(o, *names) != NULL;
	return n == json_object_size(o);
}

static bool
all_strings(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!json_is_string(json_array_get(list, i)))
			return false;
	return json_is_array(list);
}

static enum errcode
judge(const struct mutate *m, struct err *e)
{
	const char *args = mutate_jwk_args(m->name);

	return args == NULL ? err_set(e, E_CFG, NULL, ": unknown mutator %.64s", m->name)
	                    : mutate_check(m, "", args, e);
}

/* {"of": name, ...} */
static enum errcode
check_of(const json_t *o, struct err *e)
{
	static const char *const names[] = { "of", "kid", "kid_of", "set", "drop", "mutate", NULL };
	const json_t *kid = json_object_get(o, "kid"), *kid_of = json_object_get(o, "kid_of"),
	             *set = json_object_get(o, "set"), *drop = json_object_get(o, "drop"),
	             *list = json_object_get(o, "mutate");

	if (!only(o, names))
		return err_set(
		    e, E_CFG, NULL, ": has of, kid, kid_of, set, drop and mutate, nothing else");
	if (!names_key(json_object_get(o, "of")))
		return err_set(e, E_CFG, NULL, ".of: no such key");
	if (kid != NULL && !json_is_string(kid))
		return err_set(e, E_CFG, NULL, ".kid: must be a text");
	if (kid_of != NULL && (kid != NULL || !names_key(kid_of)))
		return err_set(e, E_CFG, NULL, ".kid_of: must be a key's name, without kid");
	if (set != NULL && !json_is_object(set))
		return err_set(e, E_CFG, NULL, ".set: must be an object");
	if (drop != NULL && !all_strings(drop))
		return err_set(e, E_CFG, NULL, ".drop: must be an array of names");
	return list == NULL ? E_OK : mutate_check_list(list, ".mutate", judge, e);
}

/* {"many": N, ...} */
static enum errcode
check_many(const json_t *o, struct err *e)
{
	static const char *const names[] = { "many", "kty", NULL };
	const json_t *n = json_object_get(o, "many"), *kty = json_object_get(o, "kty");

	if (!only(o, names))
		return err_set(e, E_CFG, NULL, ": has many and kty, nothing else");
	if (!json_is_integer(n) || json_integer_value(n) < 0 ||
	    json_integer_value(n) > JWKSET_MANY_MAX)
		return err_set(e, E_CFG, NULL, ".many: must be 0 to %d", JWKSET_MANY_MAX);
	if (kty != NULL &&
	    (!json_is_string(kty) ||
	        (strcmp(json_string_value(kty), "RSA") != 0 &&
	            strcmp(json_string_value(kty), "EC") != 0)))
		return err_set(e, E_CFG, NULL, ".kty: must be RSA or EC");
	return E_OK;
}

static enum errcode
check_entry(const json_t *v, struct err *e)
{
	if (json_is_string(v))
		return names_key(v) ? E_OK : err_set(e, E_CFG, NULL, ": no such key");
	if (json_object_get(v, "of") != NULL)
		return check_of(v, e);
	if (json_object_get(v, "many") != NULL)
		return check_many(v, e);
	if (json_object_get(v, "raw") != NULL && json_object_size(v) == 1)
		return E_OK;
	if (json_object_get(v, "kty") != NULL)
		return E_OK;
	return err_set(e, E_CFG, NULL, ": neither a key's name nor a JWK nor of, many or raw");
}

enum errcode
jwkset_check(const json_t *spec, struct err *e)
{
	const json_t *keys = json_object_get(spec, "keys"), *jwk = json_object_get(spec, "jwk");
	struct err inner = { .code = E_OK };

	if (!json_is_object(spec) || json_object_size(spec) != 1 || (keys == NULL && jwk == NULL))
		return err_set(e, E_CFG, NULL, ": must be an object with keys or jwk alone");
	if (jwk != NULL && json_object_get(jwk, "many") != NULL)
		return err_set(e, E_CFG, NULL, ".jwk: is one key");
	if (jwk != NULL && check_entry(jwk, &inner) != E_OK)
		return err_set(e, E_CFG, NULL, ".jwk%s", inner.text);
	if (jwk == NULL && !json_is_array(keys))
		return err_set(e, E_CFG, NULL, ".keys: must be an array");
	for (size_t i = 0; i < json_array_size(keys); i++)
		if (check_entry(json_array_get(keys, i), &inner) != E_OK)
			return err_set(e, E_CFG, NULL, ".keys[%zu]%s", i, inner.text);
	return E_OK;
}

/* What {"of": ...} does to its key. */
static enum errcode
change(struct keys *keys, const json_t *o, const struct key *k, json_t *jwk, struct err *e)
{
	const char *kid = json_string_value(json_object_get(o, "kid")),
	           *kid_of = json_string_value(json_object_get(o, "kid_of"));
	json_t *set = json_object_get(o, "set");
	const json_t *drop = json_object_get(o, "drop"), *list = json_object_get(o, "mutate");

	if (kid_of != NULL) {
		const struct key *other = keys_find(keys, kid_of);

		kid = other == NULL ? NULL : other->kid;
	}
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct err inner = { .code = E_OK };
		struct mutate m;
		enum errcode r = mutate_read(&m, json_array_get(list, i), &inner);

		if (r != E_OK || (r = mutate_jwk_apply(&m, k, jwk, &inner)) != E_OK)
			return err_set(e, r, NULL, ".mutate[%zu]%s", i, inner.text);
	}
	for (size_t i = 0; i < json_array_size(drop); i++)
		(void)json_object_del(jwk, json_string_value(json_array_get(drop, i)));
	if ((kid != NULL && json_object_set_new(jwk, "kid", json_string(kid)) != 0) ||
	    (set != NULL && json_object_update(jwk, set) != 0))
		return E_NOMEM;
	return E_OK;
}

static enum errcode
add_named(struct keys *keys, const char *name, const json_t *o, json_t *list, struct err *e)
{
	const struct key *k = keys_find(keys, name);
	json_t *jwk = k == NULL ? NULL : json_deep_copy(k->jwk);
	enum errcode r = jwk == NULL ? E_KEYS : E_OK;

	if (r == E_OK && o != NULL)
		r = change(keys, o, k, jwk, e);
	if (r == E_OK && json_array_append(list, jwk) != 0)
		r = E_NOMEM;
	json_decref(jwk);
	return r;
}

static enum errcode
add_entry(struct keys *keys, json_t *v, json_t *list, struct err *e)
{
	const char *of = json_string_value(json_object_get(v, "of")),
	           *kty = json_string_value(json_object_get(v, "kty"));
	const json_t *many = json_object_get(v, "many");
	json_t *raw = json_object_get(v, "raw");

	if (json_is_string(v))
		return add_named(keys, json_string_value(v), NULL, list, e);
	if (of != NULL)
		return add_named(keys, of, v, list, e);
	if (many != NULL)
		return manykeys_add(
		           list, kty == NULL ? "RSA" : kty, (size_t)json_integer_value(many))
		    ? E_OK
		    : E_NOMEM;
	return json_array_append(list, raw != NULL && json_object_size(v) == 1 ? raw : v) == 0
	    ? E_OK
	    : E_NOMEM;
}

static enum errcode
add_all(struct keys *keys, const json_t *entries, json_t *list, struct err *e)
{
	for (size_t i = 0; i < json_array_size(entries); i++) {
		struct err inner = { .code = E_OK };
		enum errcode r = add_entry(keys, json_array_get(entries, i), list, &inner);

		if (r != E_OK)
			return err_set(e, r, NULL, ".keys[%zu]%s", i,
			    inner.text[0] == '\0' ? ": cannot be made" : inner.text);
	}
	return E_OK;
}

json_t *
jwkset_make(struct keys *keys, const json_t *spec, struct err *e)
{
	json_t *list, *jwk = json_object_get(spec, "jwk"), *made = NULL;
	enum errcode r;

	if (spec == NULL)
		return keys_jwks(keys);
	if (jwkset_check(spec, e) != E_OK || (list = json_array()) == NULL)
		return NULL;
	r = jwk != NULL ? add_entry(keys, jwk, list, e)
	                : add_all(keys, json_object_get(spec, "keys"), list, e);
	if (r == E_OK)
		made = jwk != NULL ? json_incref(json_array_get(list, 0))
		                   : json_pack("{s:O}", "keys", list);
	json_decref(list);
	if (made == NULL)
		(void)err_set(e, r == E_OK ? E_NOMEM : r, NULL, ": cannot make the key set");
	return made;
}
