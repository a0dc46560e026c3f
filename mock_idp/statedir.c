/* Where the CA certificate, a client's key and the control socket lie while the server runs. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "mock_idp/statedir.h"

static bool
join(char out[STATEDIR_MAX], const char *dir, const char *name)
{
	int n = snprintf(out, STATEDIR_MAX, "%s/%s", dir, name);

	if (n > 0 && n < STATEDIR_MAX)
		return true;
	/* half a path is another's */
	out[0] = '\0';
	return false;
}

static enum errcode
make_fresh(struct statedir *s, struct err *e)
{
	const char *tmp = getenv("TMPDIR");

	if (tmp == NULL || *tmp != '/')
		tmp = "/tmp";
	if (!join(s->dir, tmp, "latchkey-mock-idp.XXXXXX"))
		return err_set(e, E_CFG, NULL, "TMPDIR is too long");
	if (mkdtemp(s->dir) == NULL)
		return err_set(e, E_SYS, NULL, "cannot make %s: %s", s->dir, strerror(errno));
	s->made = true;
	if (chmod(s->dir, 0755) != 0)
		return err_set(e, E_SYS, NULL, "cannot open up %s: %s", s->dir, strerror(errno));
	return E_OK;
}

static enum errcode
use_given(struct statedir *s, const char *dir, struct err *e)
{
	char *real;
	bool fits;

	s->made = mkdir(dir, 0755) == 0;
	if (!s->made && errno != EEXIST)
		return err_set(e, E_SYS, NULL, "cannot make %s: %s", dir, strerror(errno));
	if ((real = realpath(dir, NULL)) == NULL)
		return err_set(e, E_SYS, NULL, "cannot use %s: %s", dir, strerror(errno));
	fits = snprintf(s->dir, sizeof(s->dir), "%s", real) < STATEDIR_MAX;
	free(real);
	return fits ? E_OK : err_set(e, E_CFG, NULL, "%s is too long", dir);
}

/* The socket's place, absolute for the ready line, and short enough for bind(2). */
static enum errcode
place_control(struct statedir *s, const char *control, struct err *e)
{
	char cwd[STATEDIR_MAX];
	bool fits;

	if (control == NULL)
		fits = join(s->control, s->dir, "control.sock");
	else if (*control == '/')
		fits = snprintf(s->control, sizeof(s->control), "%s", control) < STATEDIR_MAX;
	else
		fits = getcwd(cwd, sizeof(cwd)) != NULL && join(s->control, cwd, control);
	if (!fits || strlen(s->control) >= sizeof(((struct sockaddr_un *)NULL)->sun_path)) {
		s->control[0] = '\0';
		return err_set(
		    e, E_CFG, NULL, "the control socket's path is too long: use --control");
	}
	return E_OK;
}

static enum errcode
refuse_existing(char *path, struct err *e)
{
	struct stat st;
	enum errcode r = E_OK;

	if (lstat(path, &st) == 0) {
		r = err_set(
		    e, E_CFG, NULL, "%s is there already: another server's, or left over", path);
		/* not ours to remove */
		path[0] = '\0';
	}
	return r;
}

enum errcode
statedir_open(struct statedir *s, const char *dir, const char *control, struct err *e)
{
	char *const ours[] = { s->ca, s->client_key, s->control };
	enum errcode r, one;

	memset(s, 0, sizeof(*s));
	r = dir == NULL ? make_fresh(s, e) : use_given(s, dir, e);
	if (r == E_OK &&
	    (!join(s->ca, s->dir, "ca.pem") || !join(s->client_key, s->dir, "client_key.pem")))
		r = err_set(e, E_CFG, NULL, "%s is too long", s->dir);
	if (r == E_OK)
		r = place_control(s, control, e);
	/* all of them: whatever is there must not be removed for the sake of another */
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (*ours[i] != '\0' && (one = refuse_existing(ours[i], e)) != E_OK)
			r = one;
	if (r != E_OK)
		statedir_close(s);
	return r;
}

void
statedir_close(struct statedir *s)
{
	if (s->ca[0] != '\0')
		(void)unlink(s->ca);
	if (s->client_key[0] != '\0')
		(void)unlink(s->client_key);
	if (s->control[0] != '\0')
		(void)unlink(s->control);
	if (s->made)
		(void)rmdir(s->dir);
	memset(s, 0, sizeof(*s));
}
