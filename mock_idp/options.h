/* The command line. */
#ifndef MOCK_IDP_OPTIONS_H
#define MOCK_IDP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/err.h"
#include "mock_idp/wire/address.h"

#define OPTIONS_WORDS 24 /* of each kind that may stand there more than once */

struct options {
	uint16_t port;         /* 0: any that is free */
	struct address listen; /* without the port */
	const char *host;      /* the issuer's, or NULL: the address */
	bool beyond_loopback;  /* may be an address that others can reach */
	bool exit_with_stdin;  /* when standard input closes */
	const char *users;     /* file, or NULL */
	const char *state;     /* directory, or NULL: a fresh one */
	const char *control;   /* socket, or NULL: in the state directory */
	const char *journal;   /* file, or NULL */
	bool journal_raw;      /* with secrets */
	bool seeded;
	uint64_t seed;
	int64_t now; /* wall seconds at which the clock stands; 0: it runs */
	/* what a script can set too: names of settings.h, values as they take them */
	struct {
		const char *name, *value;
	} given[OPTIONS_WORDS];
	size_t ngiven;
	/* in order: files, or names of the built-in list */
	struct {
		bool scenario;
		const char *word;
	} scripts[OPTIONS_WORDS];
	size_t nscripts;
	bool list, json; /* the built-in list */
	bool help, version;
};

extern const char options_usage[];

/* All options, a line each. False when to does not take it. */
bool options_help(FILE *to);

/* "--name value", "--name=value". E_CFG says which word is wrong; strings point into argv. */
enum errcode options_parse(struct options *o, int argc, char *const argv[], struct err *e)
    __attribute__((warn_unused_result));

#endif
