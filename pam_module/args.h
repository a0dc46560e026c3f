/* The arguments of a line in pam.d: helper=PATH conf=PATH debug. pam.conf(5). */
#ifndef PAM_MODULE_ARGS_H
#define PAM_MODULE_ARGS_H

#include <stdbool.h>

#define ARGS_ALLOWED "helper=/PATH conf=/PATH debug"

struct args {
	const char *helper; /* borrowed from argv, or the installed one */
	const char *conf;   /* NULL: the helper's own default */
	bool debug;
	const char *bad; /* the first argument that is none of ours; NULL: all are good */
};

/* Fills *a whole, whatever argv holds; the caller looks at bad. */
void args_parse(struct args *a, int argc, const char **argv);

#endif
