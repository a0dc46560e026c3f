/* Where a login comes from, for counting: an address as written, and the networks it is part of.
 * Pure. */
#ifndef HELPER_POLICY_ORIGIN_H
#define HELPER_POLICY_ORIGIN_H

#include <stdbool.h>

#define ORIGIN_MAX 64

struct origin {
	char host[ORIGIN_MAX];    /* IPv4 address; IPv6 /64 (one subscriber's); a name as it is */
	char network[ORIGIN_MAX]; /* IPv6 /48 (one site's); "" for the rest */
	bool local;               /* no address at all: console, su, sudo */
};

/*
 * address: sshd's, numeric; else rhost, which may be a name or an address. An IPv4-mapped IPv6
 * address is the IPv4 one; a scope (%eth0) does not count. RFC 4291 sections 2.5.5.2 and 2.5.4.
 */
void origin_of(struct origin *o, const char *address, const char *rhost);

#endif
