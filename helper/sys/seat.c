/* Where a process sits. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/num.h"
#include "common/safefile.h"
#include "helper/sys/seat.h"

#define FILE_MAX 16384
#define VALUE_MAX 512
#define ID_MAX 32
#define SESSIONS_MAX 32
#define LETTERS "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

const struct seat_places seat_system = { "/proc", "/run/systemd" };

/* A process's place in the tree of cgroups, where only root moves it. */
struct place {
	uid_t uid;       /* the slice's */
	char id[ID_MAX]; /* its session, "" in the user's manager */
};

struct session {
	bool remote, display;
};

/* Root's files alone: what another could write says nothing. */
static struct buf *
slurp(const char *dir, const char *folder, const char *name)
{
	struct buf *b = NULL;
	char path[256];

	if (snprintf(path, sizeof(path), "%s/%s/%s", dir, folder, name) >= (int)sizeof(path) ||
	    safefile_read(path, SAFEFILE_PUBLIC, geteuid(), FILE_MAX, &b, NULL) != E_OK)
		return NULL;
	return b;
}

/* The rest of the line that begins with key, without the blanks before it. */
static bool
field(struct buf *b, const char *key, char out[VALUE_MAX])
{
	const char *s = buf_cstr(b);
	size_t len = strlen(key), n;

	for (; s != NULL && *s != '\0'; s += strcspn(s, "\n"), s += *s == '\n') {
		if (strncmp(s, key, len) != 0)
			continue;
		s += len;
		s += strspn(s, " \t");
		if ((n = strcspn(s, "\n")) >= VALUE_MAX)
			return false;
		memcpy(out, s, n);
		out[n] = '\0';
		return true;
	}
	return false;
}

static bool
take_uid(uid_t *uid, const char *digits, size_t n)
{
	char text[16];
	uint64_t number;

	if (n >= sizeof(text))
		return false;
	memcpy(text, digits, n);
	text[n] = '\0';
	if (!num_parse(text, 0, UINT32_MAX - 1, &number))
		return false;
	*uid = (uid_t)number;
	return true;
}

/* *s moves behind word, if it begins so. */
static bool
skip(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

static bool
ends_here(const char *s)
{
	return *s == '/' || *s == '\0';
}

/*
 * "/user.slice/user-UID.slice/session-ID.scope" or ".../user@UID.service", and whatever below it.
 * From there down the names are the user's own choice.
 */
static bool
read_path(struct place *p, const char *s)
{
	struct place found = { .id = "" };
	uid_t manager;
	size_t n;

	if (!skip(&s, "/user.slice/user-") || !take_uid(&found.uid, s, n = strcspn(s, "./")) ||
	    (s += n, !skip(&s, ".slice/")))
		return false;
	if (skip(&s, "session-")) {
		n = strspn(s, LETTERS);
		if (n == 0 || n >= sizeof(found.id))
			return false;
		memcpy(found.id, s, n);
		s += n;
		if (!skip(&s, ".scope") || !ends_here(s))
			return false;
	} else if (!skip(&s, "user@") || !take_uid(&manager, s, n = strcspn(s, "./")) ||
	    manager != found.uid || (s += n, !skip(&s, ".service")) || !ends_here(s)) {
		return false;
	}
	*p = found;
	return true;
}

/* The unified hierarchy's line, or that of systemd's own where there are many: "N:NAME:PATH". */
static bool
find_place(struct place *p, struct buf *cgroup)
{
	const char *s = buf_cstr(cgroup);
	char path[VALUE_MAX];

	for (; s != NULL && *s != '\0'; s += strcspn(s, "\n"), s += *s == '\n') {
		const char *name = s + strspn(s, "0123456789");
		size_t n;

		if (!skip(&name, "::") && !skip(&name, ":name=systemd:"))
			continue;
		if ((n = strcspn(name, "\n")) >= sizeof(path))
			continue;
		memcpy(path, name, n);
		path[n] = '\0';
		if (read_path(p, path))
			return true;
	}
	return false;
}

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* One session of this user. False: there is none, or it is not theirs. */
static bool
read_session(struct session *out, const struct seat_places *p, const char *id, uid_t uid)
{
	static const char *const no[] = { "0", "no", NULL };
	static const char *const graphical[] = { "x11", "wayland", "mir", NULL };
	static const char *const open[] = { "opening", "online", "active", NULL };
	struct buf *b = slurp(p->state, "sessions", id);
	char value[VALUE_MAX];
	uid_t owner;
	bool ok = b != NULL && field(b, "UID=", value) && take_uid(&owner, value, strlen(value)) &&
	    owner == uid;

	if (ok) {
		out->remote = !field(b, "REMOTE=", value) || !is_one_of(value, no);
		out->display = field(b, "TYPE=", value) && is_one_of(value, graphical) &&
		    field(b, "CLASS=", value) && strncmp(value, "user", 4) == 0 &&
		    field(b, "STATE=", value) && is_one_of(value, open);
	}
	buf_free(b);
	return ok;
}

/* Whether any of these sessions came from elsewhere; more than anybody has are as good as that. */
static bool
any_remote(const struct seat_places *p, char *ids, uid_t uid)
{
	struct session s;
	char *rest = ids;
	const char *id;
	size_t n = 0;

	while ((id = strsep(&rest, " ")) != NULL) {
		if (*id == '\0')
			continue;
		if (strspn(id, LETTERS) != strlen(id) || ++n > SESSIONS_MAX ||
		    !read_session(&s, p, id, uid) || s.remote)
			return true;
	}
	return false;
}

static struct buf *
user_file(const struct seat_places *p, uid_t uid)
{
	char name[16];

	(void)snprintf(name, sizeof(name), "%lu", (unsigned long)uid);
	return slurp(p->state, "users", name);
}

/* The session that stands for a process in its owner's user manager. */
static bool
read_user(struct session *out, const struct seat_places *p, uid_t uid)
{
	struct buf *b = user_file(p, uid);
	char id[VALUE_MAX], all[VALUE_MAX];
	bool ok = b != NULL && field(b, "DISPLAY=", id) && *id != '\0' &&
	    strspn(id, LETTERS) == strlen(id) && field(b, "SESSIONS=", all) &&
	    read_session(out, p, id, uid);

	if (ok)
		out->remote = any_remote(p, all, uid);
	buf_free(b);
	return ok;
}

/* Real user: in su and sudo who called them. */
static void
find_caller(struct flow_facts *f, struct buf *status)
{
	char ids[VALUE_MAX];

	f->caller = (uid_t)-1;
	if (field(status, "Uid:", ids))
		(void)take_uid(&f->caller, ids, strcspn(ids, " \t"));
}

void
seat_find(struct flow_facts *f, const struct seat_places *p, pid_t host)
{
	struct session s = { .remote = false };
	struct buf *cgroup, *status;
	struct place place;
	char pid[16];

	(void)snprintf(pid, sizeof(pid), "%ld", (long)host);
	cgroup = slurp(p->proc, pid, "cgroup");
	status = slurp(p->proc, pid, "status");
	if (cgroup != NULL && status != NULL && find_place(&place, cgroup) &&
	    (place.id[0] != '\0' ? read_session(&s, p, place.id, place.uid)
	                         : read_user(&s, p, place.uid))) {
		f->session = true;
		f->remote = s.remote;
		f->display = s.display;
		f->owner = place.uid;
		find_caller(f, status);
	}
	buf_free(cgroup);
	buf_free(status);
}

bool
seat_is_taken(const struct seat_places *p, uid_t uid)
{
	struct buf *b = user_file(p, uid);
	char path[256], all[VALUE_MAX];
	bool taken;

	if (b == NULL) {
		(void)snprintf(path, sizeof(path), "%s/users/%lu", p->state, (unsigned long)uid);
		return access(path, F_OK) == 0;
	}
	taken = field(b, "SESSIONS=", all) ? all[0] != '\0' : false;
	buf_free(b);
	return taken;
}
