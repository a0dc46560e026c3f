/* One mutator of a script and its arguments. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/mutate.h"

enum errcode
mutate_read(struct mutate *m, const json_t *item, struct err *e)
{
	size_t n = json_array_size(item);

	memset(m, 0, sizeof(*m));
	m->name = json_string_value(json_is_array(item) ? json_array_get(item, 0) : item);
	if (m->name == NULL)
		return err_set(e, E_CFG, NULL, ": a mutator is a name or [name, argument ...]");
	if (n > 1 + MUTATE_ARGS)
		return err_set(e, E_CFG, NULL, ": too many arguments for %.64s", m->name);
	for (size_t i = 1; i < n; i++)
		m->arg[m->n++] = json_array_get(item, i);
	return E_OK;
}

static bool
is_word(const char *s, const char *words, size_t len)
{
	const char *end = words + len;

	while (words < end) {
		size_t n = strcspn(words, "| ]");

		if (strlen(s) == n && strncmp(s, words, n) == 0)
			return true;
		words += n + 1;
	}
	return false;
}

static bool
is_hex(const char *s)
{
	size_t n = strlen(s);

	return n % 2 == 0 && strspn(s, "0123456789abcdefABCDEF") == n;
}

/* Is v what the len bytes at kind ask for? */
static bool
fits(const json_t *v, const char *kind, size_t len)
{
	const char *s = json_string_value(v);

	if (len == 5 && strncmp(kind, "value", len) == 0)
		return true;
	if (len == 6 && strncmp(kind, "number", len) == 0)
		return json_is_integer(v) && json_integer_value(v) >= 0 &&
		    json_integer_value(v) <= (json_int_t)MUTATE_NUMBER_MAX;
	if (s == NULL)
		return false;
	if (len == 4 && strncmp(kind, "text", len) == 0)
		return true;
	if (len == 3 && strncmp(kind, "hex", len) == 0)
		return is_hex(s);
	return is_word(s, kind, len);
}

/* Takes arguments from the i-th on as long as args asks for them. */
static bool
take(const struct mutate *m, size_t *i, const char *args)
{
	while (*args != '\0') {
		bool optional = *args == '[';
		size_t len;

		args += optional;
		len = strcspn(args, " ]");
		if (*i == m->n)
			return optional;
		if (!fits(m->arg[(*i)++], args, len))
			return false;
		args += len;
		args += strspn(args, " ]");
	}
	return true;
}

enum errcode
mutate_check(const struct mutate *m, const char *before, const char *args, struct err *e)
{
	const char *blank = *before != '\0' && *args != '\0' ? " " : "";
	size_t i = 0;

	if (take(m, &i, before) && take(m, &i, args) && i == m->n)
		return E_OK;
	if (*before == '\0' && *args == '\0')
		return err_set(e, E_CFG, NULL, ": %.64s takes no argument", m->name);
	return err_set(e, E_CFG, NULL, ": %.64s takes %s%s%s", m->name, before, blank, args);
}

enum errcode
mutate_check_list(const json_t *list, const char *at, mutate_judge_fn *judge, struct err *e)
{
	if (!json_is_array(list))
		return err_set(e, E_CFG, NULL, "%s: must be an array of mutators", at);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct err inner = { .code = E_OK };
		struct mutate m;

		if (mutate_read(&m, json_array_get(list, i), &inner) != E_OK ||
		    judge(&m, &inner) != E_OK)
			return err_set(e, E_CFG, NULL, "%s[%zu]%s", at, i, inner.text);
	}
	return E_OK;
}

const char *
mutate_text(const struct mutate *m, size_t i)
{
	return i < m->n ? json_string_value(m->arg[i]) : NULL;
}

size_t
mutate_number(const struct mutate *m, size_t i)
{
	return i < m->n ? (size_t)json_integer_value(m->arg[i]) : 0;
}

bool
mutate_says(const struct mutate *m, size_t i, const char *word)
{
	const char *s = mutate_text(m, i);

	return s != NULL && strcmp(s, word) == 0;
}
