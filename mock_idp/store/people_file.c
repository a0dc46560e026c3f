/* Users and clients from a JSON file. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "common/fdio.h"
#include "mock_idp/store/client_file.h"
#include "mock_idp/store/members.h"
#include "mock_idp/store/people_file.h"

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
	if ((r = members_only(o, known, "a user", e)) != E_OK ||
	    (r = members_string(o, "name", NULL, &u.name, e)) != E_OK ||
	    (r = members_string(o, "sub", sub, &u.sub, e)) != E_OK ||
	    (r = members_string(o, "display_name", u.name, &u.display_name, e)) != E_OK ||
	    (r = members_string(o, "email", NULL, &u.email, e)) != E_OK)
		goto out;
	if (u.name == NULL) {
		r = err_set(e, E_CFG, NULL, "a user has no \"name\"");
		goto out;
	}
	if (groups != NULL && !json_is_null(groups) &&
	    (r = members_check_strings(groups, "groups", e)) != E_OK)
		goto out;
	u.groups = groups == NULL ? json_null() : json_deep_copy(groups);
	return people_put_user(p, &u);
out:
	people_clear_user(&u);
	return r;
}

static enum errcode
parse_client(struct people *p, const struct ids *ids, json_t *o, struct err *e)
{
	struct client c;
	enum errcode r = client_file_parse(&c, o, e);

	(void)ids;
	return r == E_OK ? people_put_client(p, &c) : r;
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
	if ((r = members_only(root, known, "the file", e)) != E_OK)
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
	json_t *root = json_loadb(len == 0 ? "" : text, len, JSON_REJECT_DUPLICATES, &je);
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
