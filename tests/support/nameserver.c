/* A name server of 127.0.0.1 that says what a file says. RFC 1035 section 4.1. */
#include "config.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define PACKET_MAX 4096
#define NAME_LEN 256
#define HEADER 12
#define TYPE_A 1
#define TYPE_AAAA 28

static const char usage[] =
    "usage: nameserver FILE\n"
    "Brings up the loopback interface of a network namespace that is new, and answers on port 53.\n"
    "FILE is read for each query: \"NAME ADDRESS\" a line. A name that is not in it is none.\n";

/* The queried name as text, and its end in the packet; 0: malformed. */
static size_t
read_name(char name[NAME_LEN], const uint8_t *p, size_t len)
{
	size_t at = HEADER, n = 0;

	while (at < len && p[at] != 0) {
		size_t label = p[at];

		if (label > 63 || at + 1 + label >= len || n + label + 2 > NAME_LEN)
			return 0;
		memcpy(name + n, p + at + 1, label);
		n += label;
		name[n++] = '.';
		at += 1 + label;
	}
	name[n > 0 ? n - 1 : 0] = '\0';
	return at < len ? at + 1 : 0;
}

/* One answer; its length. */
static size_t
put_address(uint8_t *p, uint16_t type, const void *address, uint16_t len)
{
	/* the question's name, the type, IN, no time to live, the length */
	const uint8_t head[] = { 0xc0, HEADER, 0, (uint8_t)type, 0, 1, 0, 0, 0, 0, 0,
		(uint8_t)len };

	memcpy(p, head, sizeof(head));
	memcpy(p + sizeof(head), address, len);
	return sizeof(head) + len;
}

/* All addresses of that type behind at; *known: the name has any line. */
static size_t
put_answers(uint8_t *p, size_t at, const char *file, const char *name, uint16_t type, bool *known)
{
	char line[512], who[NAME_LEN], where[64];
	uint8_t address[16];
	FILE *f = fopen(file, "re");

	while (f != NULL && at < PACKET_MAX - 64 && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%255s %63s", who, where) != 2 || strcasecmp(who, name) != 0)
			continue;
		*known = true;
		if (inet_pton(type == TYPE_A ? AF_INET : AF_INET6, where, address) != 1)
			continue;
		at += put_address(p + at, type, address, type == TYPE_A ? 4 : 16);
		p[7]++;
	}
	if (f != NULL)
		(void)fclose(f);
	return at;
}

/* The query becomes its answer; its length, 0: none. */
static size_t
answer(uint8_t p[PACKET_MAX], size_t len, const char *file)
{
	char name[NAME_LEN];
	size_t end = len < HEADER ? 0 : read_name(name, p, len);
	bool known = false;
	uint16_t type;

	if (end == 0 || end + 4 > len)
		return 0;
	type = (uint16_t)(p[end] << 8 | p[end + 1]);
	end += 4;
	p[2] = 0x85; /* an answer, of authority, recursion as desired */
	memset(p + 6, 0, 6);
	if (type == TYPE_A || type == TYPE_AAAA)
		end = put_answers(p, end, file, name, type, &known);
	p[3] = known ? 0x80 : 0x83; /* no such name */
	return end;
}

static bool
raise_loopback(void)
{
	struct ifreq r = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &r) == 0;

	if (fd >= 0)
		(void)close(fd);
	return ok;
}

int
main(int argc, char *argv[])
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons(53),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	static uint8_t p[PACKET_MAX];

	if (argc != 2) {
		(void)fputs(usage, stderr);
		return 2;
	}
	if (fd < 0 || !raise_loopback() || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0) {
		perror("nameserver");
		return 1;
	}
	(void)puts("ready");
	(void)fflush(stdout);
	for (;;) {
		struct sockaddr_in from;
		socklen_t len = sizeof(from);
		ssize_t n = recvfrom(fd, p, sizeof(p), 0, (struct sockaddr *)&from, &len);
		size_t m = n <= 0 ? 0 : answer(p, (size_t)n, argv[1]);

		if (m > 0)
			(void)sendto(fd, p, m, 0, (struct sockaddr *)&from, len);
	}
}
