/* Where to listen. */
#ifndef MOCK_IDP_WIRE_ADDRESS_H
#define MOCK_IDP_WIRE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define ADDRESS_HOST_MAX 56 /* with the NUL */

struct address {
	struct sockaddr_storage sa; /* with the port */
	socklen_t len;
	char host[ADDRESS_HOST_MAX]; /* as in a URL: "127.0.0.1", "[::1]" */
	char bare[ADDRESS_HOST_MAX]; /* as in a certificate: "127.0.0.1", "::1" */
};

/* 127.0.0.1, and nowhere else. */
void address_loopback(struct address *a, uint16_t port);

/* An address of IPv4, or of IPv6 with or without brackets, port 0; one, not all of a host's: the
 * issuer is made from it. False, and *a as it was, for everything else. */
bool address_parse(struct address *a, const char *text);

/* Nobody but this host can reach it. */
bool address_is_loopback(const struct address *a);

void address_set_port(struct address *a, uint16_t port);
uint16_t address_port(const struct address *a);

#endif
