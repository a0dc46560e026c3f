/* Codes, tokens and identifiers, spelled as Authelia spells them. */
#ifndef MOCK_IDP_IDS_H
#define MOCK_IDP_IDS_H

#include <stdbool.h>
#include <stddef.h>

#define IDS_OPAQUE_SIZE 100 /* prefix of 12, two halves of 43, a dot, a NUL */
#define IDS_USER_CODE_SIZE 9
#define IDS_UUID_SIZE 37

/* Where the bytes come from. */
struct ids {
	bool (*fill)(void *arg, void *p, size_t len);
	void *arg;
};

/* The kernel's generator. */
extern const struct ids ids_system;

/* Each writes one text with its NUL; false when there are no random bytes. */
bool ids_opaque(const struct ids *ids, const char *prefix, char out[IDS_OPAQUE_SIZE]);
bool ids_user_code(const struct ids *ids, char out[IDS_USER_CODE_SIZE]);
bool ids_uuid(const struct ids *ids, char out[IDS_UUID_SIZE]);

#endif
