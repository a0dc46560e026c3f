/* Where to listen. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "mock_idp/wire/address.h"

/* Both families have the port at the same place; the standard says it of neither. */
static in_port_t *
port_of(struct address *a)
{
	return a->sa.ss_family == AF_INET6 ? &((struct sockaddr_in6 *)&a->sa)->sin6_port
	                                   : &((struct sockaddr_in *)&a->sa)->sin_port;
}

void
address_loopback(struct address *a, uint16_t port)
{
	struct sockaddr_in in = { .sin_family = AF_INET };

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	*a = (struct address){ .len = sizeof(in), .host = "127.0.0.1", .bare = "127.0.0.1" };
	memcpy(&a->sa, &in, sizeof(in));
	address_set_port(a, port);
}

static bool
parse4(struct address *a, const char *text)
{
	struct sockaddr_in in = { .sin_family = AF_INET };

	if (inet_pton(AF_INET, text, &in.sin_addr) != 1 || in.sin_addr.s_addr == htonl(INADDR_ANY))
		return false;
	*a = (struct address){ .len = sizeof(in) };
	memcpy(&a->sa, &in, sizeof(in));
	(void)inet_ntop(AF_INET, &in.sin_addr, a->bare, sizeof(a->bare));
	(void)snprintf(a->host, sizeof(a->host), "%s", a->bare);
	return true;
}

/* RFC 3986 section 3.2.2: brackets in a URL. */
static bool
parse6(struct address *a, const char *text)
{
	struct sockaddr_in6 in = { .sin6_family = AF_INET6 };
	char bare[INET6_ADDRSTRLEN];
	size_t n = strlen(text);
	bool brackets = n > 2 && text[0] == '[' && text[n - 1] == ']';

	if (n >= sizeof(bare))
		return false;
	(void)snprintf(bare, sizeof(bare), "%.*s", (int)(brackets ? n - 2 : n), text + brackets);
	if (inet_pton(AF_INET6, bare, &in.sin6_addr) != 1 || IN6_IS_ADDR_UNSPECIFIED(&in.sin6_addr))
		return false;
	*a = (struct address){ .len = sizeof(in) };
	memcpy(&a->sa, &in, sizeof(in));
	(void)inet_ntop(AF_INET6, &in.sin6_addr, bare, sizeof(bare));
	(void)snprintf(a->bare, sizeof(a->bare), "%s", bare);
	(void)snprintf(a->host, sizeof(a->host), "[%s]", bare);
	return true;
}

bool
address_parse(struct address *a, const char *text)
{
	return parse4(a, text) || parse6(a, text);
}

/* RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
bool
address_is_loopback(const struct address *a)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (a->sa.ss_family == AF_INET6) {
		memcpy(&in6, &a->sa, sizeof(in6));
		return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
	}
	memcpy(&in, &a->sa, sizeof(in));
	return (ntohl(in.sin_addr.s_addr) >> 24) == 127;
}

void
address_set_port(struct address *a, uint16_t port)
{
	*port_of(a) = htons(port);
}

uint16_t
address_port(const struct address *a)
{
	struct address copy = *a;

	return ntohs(*port_of(&copy));
}
