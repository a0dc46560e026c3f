/* The person at the browser. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/person.h"

/* wants: not yet, and this person would. fill: false when it is another form after all. */
struct habit {
	const char *button; /* value of "do"; NULL: a button without a name, of a form to look up */
	bool (*wants)(const struct person *p);
	bool (*fill)(struct person *p, struct pageform *f);
};

static bool
wants_in(const struct person *p)
{
	return !p->signed_in;
}

static bool
sign_in(struct person *p, struct pageform *f)
{
	p->signed_in = true;
	return pageform_fill(f, "username", p->name) && pageform_fill(f, "password", p->name);
}

static bool
wants_yes(const struct person *p)
{
	return !p->decided && !p->deny;
}

static bool
wants_no(const struct person *p)
{
	return !p->decided && p->deny;
}

static bool
decide(struct person *p, struct pageform *f)
{
	(void)f;
	p->decided = true;
	return true;
}

static bool
wants_to_type(const struct person *p)
{
	return !p->typed && p->code != NULL;
}

/* The field's name is the provider's: user_code, code, otc, ... */
static bool
type_code(struct person *p, struct pageform *f)
{
	p->typed = f->fields.n == 1 && pageform_fill(f, f->fields.v[0].name, p->code);
	return p->typed;
}

static const struct habit habits[] = {
	{ "sign-in", wants_in, sign_in },
	{ "approve", wants_yes, decide },
	{ "deny", wants_no, decide },
	{ NULL, wants_to_type, type_code },
};

static const struct habit *
try_form(struct person *p, struct pageform *f)
{
	for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++) {
		const struct habit *h = &habits[i];
		bool fits = h->button == NULL ? !f->post : pageform_has_button(f, "do", h->button);

		if (fits && h->wants(p) && h->fill(p, f))
			return h;
	}
	return NULL;
}

bool
person_act(struct person *p, const char *page, struct person_press *press)
{
	memset(press, 0, sizeof(*press));
	while (pageform_next(&page, &press->form)) {
		const struct habit *h = try_form(p, &press->form);

		if (h != NULL) {
			press->name = h->button == NULL ? NULL : "do";
			press->value = h->button;
			return true;
		}
		pageform_clear(&press->form);
	}
	return false;
}
