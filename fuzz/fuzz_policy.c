/* The policy: a login, an account, its record and the facts, all from the input, under settings
 * with every kind of rule. What must hold for every verdict: tests/support/verdict_property.h. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "tests/support/verdict_property.h"

static const char text[] =
    "[provider]\nissuer = https://i.example\nclient_id = c\nstrip_domain = e.example\n"
    "[login]\nallow_groups = a b\nallow_users = zoe \"Jo Doe\"\ndeny_groups = d\n"
    "require_amr = mfa\nsession_env = yes\nroot_groups = kvm\n"
    "[service sudo]\nallow_groups = b\nmax_auth_age = 1h\npin = warn\n"
    "[service su]\npin = no\nmin_uid = 500\ndeny_groups = e\n"
    "[account deploy]\ngroups = c\nusers = zoe\n[account root]\nusers = zoe\n"
    "[group docker]\ngroups = a\n[group sudo]\ngroups = b c\n";

/* Through the product's own door, once. */
static struct settings *
load(void)
{
	char path[] = "/tmp/latchkey-fuzz.XXXXXX";
	struct settings *s = NULL;
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, text, sizeof(text) - 1) != (ssize_t)sizeof(text) - 1 ||
	    settings_load(&s, NULL, path, geteuid(), NULL) != E_OK)
		abort();
	(void)close(fd);
	(void)unlink(path);
	return s;
}

/* What the input says of a login and its account. */
struct input {
	struct verdict_login login;
	struct bind_account account;
	struct strlist groups;
	char *group[1];
	char *name;
	struct pin pin;
	struct err lost;
	struct identity id;
};

/* A record as it lies on disk: one that reads is written the same again. */
static void
take_pin(struct input *in, const uint8_t *p, size_t len)
{
	struct buf *b = buf_new(PIN_FILE_MAX);

	in->account.pin = &in->pin;
	if (len > 0 && pin_decode(&in->pin, p, len, &in->lost) != E_OK)
		in->account.pin_failure = &in->lost;
	else if (len > 0 &&
	    (pin_encode(b, &in->pin) != E_OK || buf_len(b) != len ||
	        memcmp(buf_data(b), p, len) != 0))
		abort();
	buf_free(b);
}

/* u8 service, u8 bits, u32 uid, account, u32 length and a record; the facts are the rest. */
static bool
take(struct input *in, const uint8_t *data, size_t size)
{
	static const char *const services[] = { "sshd", "sudo", "sudo-i", "su", "" };
	static char docker[] = "docker", kvm[] = "kvm", users[] = "users";
	char *own[] = { docker, kvm, users };
	const uint8_t *record;
	uint32_t n;
	uint8_t bits;
	struct rd r;

	rd_init(&r, data, size);
	in->login.service = services[rd_u8(&r) % 5];
	bits = rd_u8(&r);
	in->account.exists = (bits & 1) != 0;
	in->login.nonce = (bits & 2) != 0 ? "n" : NULL;
	in->login.flow = (bits & 4) != 0 ? IDENTITY_LOOPBACK : IDENTITY_DEVICE;
	in->account.elsewhere = (bits & 128) != 0 ? "other" : NULL;
	in->group[0] = own[(bits >> 4) % 4 % 3];
	in->groups = (struct strlist){ in->group, 1 };
	in->account.groups = (bits & 8) != 0 ? &in->groups : NULL;
	in->account.uid = rd_u32(&r);
	in->login.account = in->name = rd_str(&r, 64);
	n = rd_u32(&r);
	if (r.bad || n > r.left || n > PIN_FILE_MAX)
		return false;
	record = data + size - r.left;
	take_pin(in, record, n);
	rd_init(&r, record + n, r.left - n);
	return identity_decode(&r, &in->id, NULL) == E_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct settings *s;
	struct input in = { .login = { .login_id = "1", .now = 1000, .started = 990 } };
	const char *broken;
	struct verdict v;

	if (s == NULL)
		s = load();
	if (take(&in, data, size)) {
		verdict_judge(&v, s, &in.id, &in.login, &in.account);
		if ((broken = property_violated(&v, s, &in.login, &in.account)) != NULL) {
			(void)fprintf(stderr, "%s\n", broken);
			abort();
		}
		verdict_clear(&v);
	}
	free(in.name);
	return 0;
}
