/* TEST MATERIAL: prime numbers that everybody has. Never use them for anything that matters. */
#ifndef MOCK_IDP_JOSE_PRIMES_H
#define MOCK_IDP_JOSE_PRIMES_H

#define PRIMES 64

/* Of 1024 bits, in hex, all different; the product of any two has 2048 bits. */
extern const char *const primes[PRIMES];

#endif
