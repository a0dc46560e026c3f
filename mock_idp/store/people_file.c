/* Users and clients from a JSON file. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "common/fdio.h"
#include "common/text.h"
#include "mock_idp/store/people_file.h"
#include "mock_idp/ep/redirect.h"

/* An unknown member is a spelling mistake that would otherwise change nothing, silently. */
static enum errcode
only_members(json_t *o, const char *const known[], const char *what, struct err *e)
{
	char shown[64];

	for (void *it = json_object_iter(o); it != NULL; it = json_object_iter_next(o, it)) {
		const char *name = json_object_iter_key(it);
		size_t i = 0;

		while (known[i] != NULL && strcmp(known[i], name) != 0)
			i++;
		if (known[i] == NULL)
			return err_set(e, E_CFG, NULL, "unknown member %s in %s",
			    text_escape(shown, sizeof(shown), name, strlen(name)), what);
	}
	return E_OK;
}

/* A string member, copied; absent is the default (NULL: absent stays NULL). */
static enum errcode
get_string(const json_t *o, const char *name, const char *otherwise, char **out, struct err *e)
{
	const json_t *v = json_object_get(o, name);
	const char *s = v == NULL ? otherwise : json_string_value(v);

	if (v != NULL && (s == NULL || *s == '\0'))
		return err_set(e, E_CFG, NULL, "\"%s\" must be a string that is not empty", name);
	if (s != NULL && (*out = strdup(s)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

static enum errcode
check_strings(const json_t *v, const char *name, struct err *e)
{
	bool ok = json_is_array(v);

	for (size_t i = 0; ok && i < json_array_size(v); i++)
		ok = json_is_string(json_array_get(v, i));
	return ok ? E_OK : err_set(e, E_CFG, NULL, "\"%s\" must be an array of strings", name);
}

static enum errcode
get_strings(const json_t *o, const char *name, const char *const otherwise[], struct strlist *out,
    struct err *e)
{
	const json_t *v = json_object_get(o, name);
	enum errcode r = E_OK;

	for (size_t i = 0; v == NULL && otherwise[i] != NULL && r == E_OK; i++)
		r = strlist_add(out, otherwise[i], strlen(otherwise[i]), PEOPLE_MAX);
	if (v != NULL)
		r = check_strings(v, name, e);
	for (size_t i = 0; r == E_OK && i < json_array_size(v); i++) {
		const json_t *s = json_array_get(v, i);

		r = strlist_add(out, json_string_value(s), json_string_length(s), PEOPLE_MAX);
	}
	return r == E_OK ? r : err_set(e, r, NULL, "cannot take \"%s\"", name);
}

static enum errcode
parse_user(struct people *p, const struct ids *ids, json_t *o, struct err *e)
{
	static const char *const known[] = { "name", "sub", "display_name", "email", "groups",
		NULL };
	char sub[IDS_UUID_SIZE];
	const json_t *groups = json_object_get(o, "groups");
	struct user u = { 0 };
	enum errcode r;

	if (!ids_uuid(ids, sub))
		return err_set(e, E_SYS, NULL, "no random bytes");
	if (!json_is_object(o))
		return err_set(e, E_CFG, NULL, "each of \"users\" must be an object");
	if ((r = only_members(o, known, "a user", e)) != E_OK ||
	    (r = get_string(o, "name", NULL, &u.name, e)) != E_OK ||
	    (r = get_string(o, "sub", sub, &u.sub, e)) != E_OK ||
	    (r = get_string(o, "display_name", u.name, &u.display_name, e)) != E_OK ||
	    (r = get_string(o, "email", NULL, &u.email, e)) != E_OK)
		goto out;
	if (u.name == NULL) {
		r = err_set(e, E_CFG, NULL, "a user has no \"name\"");
		goto out;
	}
	if (groups != NULL && !json_is_null(groups) &&
	    (r = check_strings(groups, "groups", e)) != E_OK)
		goto out;
	u.groups = groups == NULL ? json_null() : json_deep_copy(groups);
	return people_put_user(p, &u);
out:
	people_clear_user(&u);
	return r;
}

/* What Authelia registers when nothing is said: none for a public client, else basic. */
static enum errcode
parse_method(const json_t *o, struct client *c, struct err *e)
{
	const char *name = c->secret == NULL ? "none" : "client_secret_basic";
	const json_t *v = json_object_get(o, "token_endpoint_auth_method");

	if (v != NULL)
		name = json_string_value(v);
	if (name == NULL || !people_method(name, &c->method))
		return err_set(e, E_CFG, NULL,
		    "\"token_endpoint_auth_method\" must be none, client_secret_basic or "
		    "client_secret_post");
	if ((c->method == AUTH_NONE) != (c->secret == NULL))
		return err_set(e, E_CFG, NULL, "client %.64s: %s and its secret do not go together",
		    c->id, name);
	return E_OK;
}

static enum errcode
check_redirects(const struct client *c, struct err *e)
{
	for (size_t i = 0; i < c->redirects.n; i++)
		if (!redirect_registrable(c->redirects.v[i]))
			return err_set(e, E_CFG, NULL,
			    "\"redirect_uris\" must be https, or http to 127.0.0.1, [::1] or "
			    "localhost, without a fragment");
	return E_OK;
}

static enum errcode
parse_client(struct people *p, const struct ids *ids, json_t *o, struct err *e)
{
	static const char *const known[] = { "client_id", "client_secret",
		"token_endpoint_auth_method", "scopes", "grant_types", "redirect_uris", NULL };
	static const char *const scopes[] = { "openid", "profile", "email", "groups", NULL };
	static const char *const grants[] = { PEOPLE_DEVICE_GRANT, NULL };
	static const char *const none[] = { NULL };
	struct client c = { 0 };
	enum errcode r;

	(void)ids;
	if (!json_is_object(o))
		return err_set(e, E_CFG, NULL, "each of \"clients\" must be an object");
	if ((r = only_members(o, known, "a client", e)) != E_OK ||
	    (r = get_string(o, "client_id", NULL, &c.id, e)) != E_OK ||
	    (r = get_string(o, "client_secret", NULL, &c.secret, e)) != E_OK)
		goto out;
	if (c.id == NULL) {
		r = err_set(e, E_CFG, NULL, "a client has no \"client_id\"");
		goto out;
	}
	if ((r = parse_method(o, &c, e)) != E_OK ||
	    (r = get_strings(o, "scopes", scopes, &c.scopes, e)) != E_OK ||
	    (r = get_strings(o, "grant_types", grants, &c.grants, e)) != E_OK ||
	    (r = get_strings(o, "redirect_uris", none, &c.redirects, e)) != E_OK ||
	    (r = check_redirects(&c, e)) != E_OK)
		goto out;
	return people_put_client(p, &c);
out:
	people_clear_client(&c);
	return r;
}

typedef enum errcode parse_one(struct people *, const struct ids *, json_t *, struct err *);

static enum errcode
parse_list(struct people *p, const struct ids *ids, const json_t *root, const char *name,
    parse_one *one, struct err *e)
{
	const json_t *list = json_object_get(root, name);
	enum errcode r = E_OK;

	if (list != NULL && !json_is_array(list))
		return err_set(e, E_CFG, NULL, "\"%s\" must be an array", name);
	for (size_t i = 0; i < json_array_size(list) && r == E_OK; i++)
		r = one(p, ids, json_array_get(list, i), e);
	return r;
}

static enum errcode
parse_root(struct people *p, const struct ids *ids, json_t *root, struct err *e)
{
	static const char *const known[] = { "builtin", "users", "clients", NULL };
	const json_t *builtin = json_object_get(root, "builtin");
	enum errcode r;

	if (!json_is_object(root))
		return err_set(e, E_CFG, NULL, "not a JSON object");
	if ((r = only_members(root, known, "the file", e)) != E_OK)
		return r;
	if (builtin != NULL && !json_is_boolean(builtin))
		return err_set(e, E_CFG, NULL, "\"builtin\" must be true or false");
	if (json_is_false(builtin))
		people_clear(p);
	if ((r = parse_list(p, ids, root, "users", parse_user, e)) == E_OK)
		r = parse_list(p, ids, root, "clients", parse_client, e);
	return r;
}

enum errcode
people_file_parse(struct people *p, const struct ids *ids, const char *text, size_t len,
    const char *name, struct err *e)
{
	struct err inner = { .code = E_OK };
	json_error_t je;
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &je);
	enum errcode r;

	if (root == NULL)
		return err_set(e, E_CFG, NULL, "%s:%d: %s", name, je.line, je.text);
	if ((r = parse_root(p, ids, root, &inner)) != E_OK)
		(void)err_set(e, r, NULL, "%.128s: %.160s", name,
		    inner.code == E_OK ? err_name(r) : inner.text);
	json_decref(root);
	return r;
}

enum errcode
people_file_load(struct people *p, const struct ids *ids, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct buf *b = buf_new(PEOPLE_FILE_MAX);
	enum errcode r = E_SYS;
	const char *text;

	if (fd < 0 || b == NULL || (r = fdio_read_all(fd, b)) != E_OK || buf_len(b) == 0)
		r = err_set(e, r == E_OK ? E_CFG : r, NULL, "cannot read %s: %s", path,
		    r == E_LIMIT    ? "too long"
		        : r == E_OK ? "empty"
		                    : strerror(errno));
	else if ((text = buf_cstr(b)) == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	else
		r = people_file_parse(p, ids, text, buf_len(b), path, e);
	fdio_close(&fd);
	buf_free(b);
	return r;
}
