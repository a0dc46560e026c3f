/* How fast the bytes of one answer go and where they stop. */
#include "config.h"

#include "mock_idp/wire/pace.h"

static const struct fault none;

/* After so many bytes there is nothing more to say. */
static size_t
total(const struct fault *f, size_t len, bool endless)
{
	size_t all = endless ? FAULT_BYTES_MAX : len;

	switch (f->end) {
	case FAULT_KEEP:
	case FAULT_CLOSE:
		return all;
	case FAULT_CUT:
	case FAULT_RESET:
		return f->end_at < all ? f->end_at : all;
	case FAULT_HANG:
	case FAULT_DROP:
		return 0;
	}
	return 0;
}

void
pace_start(struct pace *p, const struct fault *f, size_t len, bool endless, int64_t now)
{
	if (f == NULL)
		f = &none;
	*p = (struct pace){ .total = total(f, len, endless),
		.slice = f->drip,
		.left = f->drip,
		.gap = f->drip_ms,
		.next = now + f->delay_ms };
}

size_t
pace_now(const struct pace *p, int64_t now)
{
	size_t rest = p->total - p->sent;

	if (now < p->next)
		return 0;
	return p->slice > 0 && p->left < rest ? p->left : rest;
}

void
pace_went(struct pace *p, size_t n, int64_t now)
{
	p->sent += n;
	if (p->slice == 0)
		return;
	p->left -= n;
	if (p->left == 0 && p->sent < p->total) {
		p->left = p->slice;
		p->next = now + p->gap;
	}
}

bool
pace_done(const struct pace *p, int64_t now)
{
	return p->sent == p->total && now >= p->next;
}
