/* A place in a JSON document: a member's name, or a JSON pointer if it begins with "/". RFC 6901.
 */
#ifndef MOCK_IDP_SCRIPT_POINTER_H
#define MOCK_IDP_SCRIPT_POINTER_H

#include <stdbool.h>

#include <jansson.h>

/*
 * Puts value (a reference that is always taken over) there. Objects on the way that are missing are
 * made; "-" is the place behind an array's last element. False: the way leads through what is
 * neither object nor array, past an array's end, or a "~" stands for nothing.
 */
bool pointer_set(json_t *doc, const char *place, json_t *value);

/* Takes away what is there; nothing there is fine. */
void pointer_drop(json_t *doc, const char *place);

#endif
