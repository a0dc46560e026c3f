/* The command line. */
#ifndef MOCK_IDP_OPTIONS_H
#define MOCK_IDP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/wire/address.h"

struct options {
	uint16_t port;         /* 0: any that is free */
	struct address listen; /* without the port */
	bool beyond_loopback;  /* may be an address that others can reach */
	bool exit_with_stdin;  /* when standard input closes */
	const char *users;     /* file, or NULL */
	const char *state;     /* directory, or NULL: a fresh one */
	const char *control;   /* socket, or NULL: in the state directory */
	const char *journal;   /* file, or NULL */
	bool journal_raw;      /* with secrets */
	const struct profile *profile;
	const char *issuer_path; /* "": none */
	unsigned interval;       /* 0: the profile's */
	const char *alg;         /* of public keys; NULL: the profile's */
	bool groups_in_id_token;
	bool nonce_echo;
	int64_t clock_offset; /* seconds that this provider's clock is ahead */
	bool seeded;
	uint64_t seed;
	int64_t now; /* wall seconds at which the clock stands; 0: it runs */
	bool help, version;
};

extern const char options_usage[];

/* "--name value", "--name=value". E_CFG says which word is wrong; strings point into argv. */
enum errcode options_parse(struct options *o, int argc, char *const argv[], struct err *e)
    __attribute__((warn_unused_result));

#endif
