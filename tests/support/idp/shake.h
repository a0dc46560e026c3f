/* One connection by libssl: the handshake, the certificate, and every byte behind it. */
#ifndef TESTS_SUPPORT_IDP_SHAKE_H
#define TESTS_SUPPORT_IDP_SHAKE_H

#include <jansson.h>

/*
 * "tls": {"handshake": bool, "version": "TLSv1.3", "verify": what OpenSSL says of the certificate
 * ("ok"), "chain": how many certificates came, "close_notify": whether the end was announced},
 * "raw" (bytes_text, the first 64 KiB), "raw_bytes", "records" (how many
 * TLS records came). A GET of path, or nothing is asked when it
 * is NULL; read until the end, 2 MiB, or ms
 * milliseconds; 0: the handshake is all. origin is "https://127.0.0.1:PORT".
 */
json_t *shake(const char *origin, const char *path, const char *ca_file, int ms);

#endif
