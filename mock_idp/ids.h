/* Codes, tokens and identifiers, spelled as Authelia spells them. */
#ifndef MOCK_IDP_IDS_H
#define MOCK_IDP_IDS_H

#include <stdbool.h>
#include <stddef.h>

#define IDS_OPAQUE_SIZE 100 /* prefix of 12, two halves of 43, a dot, a NUL */
#define IDS_USER_CODE_SIZE 16
#define IDS_UUID_SIZE 37
#define IDS_RANDOM_SIZE 44

/* Where the bytes come from. */
struct ids {
	bool (*fill)(void *arg, void *p, size_t len);
	void *arg;
};

/* How the codes of a device authorization are spelled. */
struct ids_form {
	const char *alphabet; /* of a user code; 2 to 128 characters */
	const char *pattern;  /* of a user code: '#' is drawn from the alphabet, the rest stays */
	const char *prefix;   /* of a device code; NULL: none */
	bool loose;           /* a person may type any case, and leave out or put in dashes */
	bool repeated;        /* a device code begins with its user code */
};

/* Authelia's. */
extern const struct ids_form ids_form_default;

/* The kernel's generator. */
extern const struct ids ids_system;

/* Each writes one text with its NUL; false when there are no random bytes. */
bool ids_opaque(const struct ids *ids, const char *prefix, char out[IDS_OPAQUE_SIZE]);
bool ids_user_code(
    const struct ids *ids, const struct ids_form *form, char out[IDS_USER_CODE_SIZE]);
bool ids_uuid(const struct ids *ids, char out[IDS_UUID_SIZE]);
/* Its last characters become some that a form has to encode, and that no careless one brings back.
 * RFC 6749 appendix A.11 allows them all. */
void ids_make_odd(char *code);
/* 32 octets in base64url. */
bool ids_random(const struct ids *ids, char out[IDS_RANDOM_SIZE]);

/* Is what a person typed that user code? */
bool ids_same_code(const struct ids_form *form, const char *code, const char *typed);

#endif
