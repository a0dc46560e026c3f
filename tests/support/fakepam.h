/* A stand-in for the few functions of libpam that the module's parts call. */
#ifndef TESTS_SUPPORT_FAKEPAM_H
#define TESTS_SUPPORT_FAKEPAM_H

#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stdbool.h>
#include <stddef.h>

struct pam_handle {
	const char *user, *service;
	const struct pam_conv *conv;
	char env[256]; /* one variable, "NAME=VALUE", is all that these tests need */
	void *data;
	void (*cleanup)(pam_handle_t *, void *, int);
	bool data_fails, env_fails;
};

/* A conversation that records and answers; its appdata. */
struct fakepam_talk {
	const char *answer; /* NULL: end of file */
	int code;
	int style;
	char text[256];
	size_t calls;
};

int fakepam_converse(int n, const struct pam_message **m, struct pam_response **resp, void *talk);

/* Drops data and environment. */
void fakepam_end(struct pam_handle *h);

#endif
