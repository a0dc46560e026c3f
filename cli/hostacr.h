/* Whether the provider sends an acr, by its metadata as the last login left them. */
#ifndef CLI_HOSTACR_H
#define CLI_HOSTACR_H

#include "common/strlist.h"

enum hostacr {
	HOSTACR_UNKNOWN, /* no metadata that can be read */
	HOSTACR_OFFERED, /* one of those asked for */
	HOSTACR_LACKING,
};

/*
 * What acr_values_supported has of acr. The file came over the network, by way of a worker that may
 * have been captured: root reads it as bytes, and a process of nobody's looks into it.
 */
enum hostacr hostacr_find(const struct strlist *acr, const char *cache, const char *issuer);

#endif
