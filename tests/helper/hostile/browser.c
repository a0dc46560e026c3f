/* The browser of this machine. */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/clock.h"
#include "tests/helper/hostile/browser.h"
#include "tests/helper/hostile/world.h"

#define OPTIONS_MAX 16
#define URL_LENGTH 4200
#define END_MS 8000

/* What it said is in the login's own folder, for whoever looks at a failure. */
static _Noreturn void
become(const struct browser *b, char *url)
{
	static char name[] = "browser", ca[] = "--ca", file[] = WORLD_DIR "/ca.pem";
	static char text[OPTIONS_MAX][256];
	const json_t *options = json_object_get(b->scenario, "browser");
	char *argv[OPTIONS_MAX + 6] = { b->program, name, ca, file };
	size_t n = 4;
	int out = open(WORLD_DIR "/browser", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	for (size_t i = 0; i < json_array_size(options) && i < OPTIONS_MAX; i++) {
		(void)snprintf(
		    text[i], sizeof(text[i]), "%s", json_string_value(json_array_get(options, i)));
		argv[n++] = text[i];
	}
	argv[n] = url;
	if (out >= 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2)
		(void)execv(b->program, argv);
	_exit(127);
}

void
browser_look(struct browser *b, const char *text)
{
	const char *at = strstr(text, "\n  https://");
	char url[URL_LENGTH];

	if (b->program == NULL || b->pid != 0 || at == NULL)
		return;
	at += strlen("\n  ");
	(void)snprintf(url, sizeof(url), "%.*s", (int)strcspn(at, "\n"), at);
	(void)fflush(stdout);
	if ((b->pid = fork()) == 0)
		become(b, url);
}

bool
browser_end(struct browser *b)
{
	const struct timespec pause = { .tv_nsec = 20000000 };
	int64_t deadline = clock_boot_ms(&clock_system) + END_MS;

	if (b->pid <= 0)
		return b->pid == 0;
	while (waitpid(b->pid, &b->status, WNOHANG) == 0) {
		if (clock_left(&clock_system, deadline) == 0)
			(void)kill(b->pid, SIGKILL);
		(void)nanosleep(&pause, NULL);
	}
	b->pid = 0;
	return b->status == 0;
}
