/* The n-th allocation fails. */
#include "config.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/allocfail.h"

#define FRAMES 32

static size_t left; /* until the one that fails, 0: none does */
static bool every, came, inside;
static const char *what;
static void *frame[FRAMES];
static int frames;

void
allocfail_from(size_t n, bool all_behind)
{
	void *first[2];

	(void)backtrace(first, 2); /* allocates, once */
	left = n;
	every = all_behind;
	came = false;
	what = "none";
	frames = 0;
}

bool
allocfail_end(void)
{
	left = 0;
	every = false;
	return came;
}

const char *
allocfail_what(void)
{
	return what;
}

bool
allocfail_through(const char *function)
{
	Dl_info at;

	for (int i = 0; i < frames; i++)
		if (dladdr(frame[i], &at) != 0 && at.dli_sname != NULL &&
		    strcmp(at.dli_sname, function) == 0)
			return true;
	return false;
}

bool
allocfail_now(const char *name)
{
	if (inside || (left == 0 && !(every && came)))
		return false;
	if (left > 0 && --left > 0)
		return false;
	if (!came) {
		came = inside = true;
		what = name;
		frames = backtrace(frame, FRAMES);
		inside = false;
	}
	errno = ENOMEM;
	return true;
}

ALLOCFAIL_WRAP(void *, malloc, (size_t n), (n))
ALLOCFAIL_WRAP(void *, calloc, (size_t n, size_t size), (n, size))
ALLOCFAIL_WRAP(void *, realloc, (void *p, size_t n), (p, n))
ALLOCFAIL_WRAP(void *, reallocarray, (void *p, size_t n, size_t size), (p, n, size))
ALLOCFAIL_WRAP(char *, strdup, (const char *s), (s))
ALLOCFAIL_WRAP(char *, strndup, (const char *s, size_t n), (s, n))
ALLOCFAIL_WRAP(DIR *, fdopendir, (int fd), (fd))

/* asprintf(3) and vasprintf(3), and what _FORTIFY_SOURCE makes of them. */
int __wrap_vasprintf(char **out, const char *fmt, va_list ap);
int __wrap_asprintf(char **out, const char *fmt, ...);
int __wrap___vasprintf_chk(char **out, int flag, const char *fmt, va_list ap);
int __wrap___asprintf_chk(char **out, int flag, const char *fmt, ...);
int __real_vasprintf(char **out, const char *fmt, va_list ap);

int
__wrap_vasprintf(char **out, const char *fmt, va_list ap)
{
	return allocfail_now("vasprintf") ? -1 : __real_vasprintf(out, fmt, ap);
}

int
__wrap___vasprintf_chk(char **out, int flag, const char *fmt, va_list ap)
{
	(void)flag;
	return __wrap_vasprintf(out, fmt, ap);
}

int
__wrap_asprintf(char **out, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = __wrap_vasprintf(out, fmt, ap);
	va_end(ap);
	return n;
}

int
__wrap___asprintf_chk(char **out, int flag, const char *fmt, ...)
{
	va_list ap;
	int n;

	(void)flag;
	va_start(ap, fmt);
	n = __wrap_vasprintf(out, fmt, ap);
	va_end(ap);
	return n;
}
