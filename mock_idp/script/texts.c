/* The built-in scenarios as they were written. */
#include "config.h"

#include "mock_idp/script/texts.h"

#include "mock_idp/scenarios.inc"

#define EMBED(name, bytes) { name, (const char *)(bytes), sizeof(bytes) },

const struct text texts_builtin[] = { EMBEDDED{ NULL, NULL, 0 } };
