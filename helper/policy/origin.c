/* Where a login comes from. */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "helper/policy/origin.h"

/* The address with all bits behind the prefix zero, and the prefix's length. */
static void
put_prefix(char out[ORIGIN_MAX], const struct in6_addr *a, unsigned bytes)
{
	struct in6_addr net = { .s6_addr = { 0 } };
	char text[INET6_ADDRSTRLEN];

	memcpy(net.s6_addr, a->s6_addr, bytes);
	if (inet_ntop(AF_INET6, &net, text, sizeof(text)) != NULL)
		(void)snprintf(out, ORIGIN_MAX, "%s/%u", text, bytes * 8);
}

static void
take_ipv6(struct origin *o, const struct in6_addr *a)
{
	char text[INET_ADDRSTRLEN];

	if (IN6_IS_ADDR_V4MAPPED(a) &&
	    inet_ntop(AF_INET, a->s6_addr + 12, text, sizeof(text)) != NULL) {
		(void)snprintf(o->host, sizeof(o->host), "%s", text);
		return;
	}
	put_prefix(o->host, a, 8);
	put_prefix(o->network, a, 6);
}

void
origin_of(struct origin *o, const char *address, const char *rhost)
{
	const char *from = address[0] != '\0' ? address : rhost;
	size_t n = strcspn(from, "%");
	char text[ORIGIN_MAX];
	struct in6_addr six;
	struct in_addr four;

	*o = (struct origin){ .local = from[0] == '\0' };
	(void)snprintf(
	    text, sizeof(text), "%.*s", (int)(n < sizeof(text) ? n : sizeof(text) - 1), from);
	if (inet_pton(AF_INET6, text, &six) == 1)
		take_ipv6(o, &six);
	else if (inet_pton(AF_INET, text, &four) != 1 ||
	    inet_ntop(AF_INET, &four, o->host, sizeof(o->host)) == NULL)
		(void)snprintf(o->host, sizeof(o->host), "%s", text);
}
