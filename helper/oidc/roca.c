/* RSA keys of the library whose primes are all of one form. */
#include "config.h"

#include <stddef.h>

#include "helper/oidc/roca.h"

#define GENERATOR 65537

/* Each prime of the form is a power of the generator modulo these (and more), and so is n. */
static const unsigned moduli[] = { 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61,
	67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163,
	167 };

static bool
is_power(unsigned x, unsigned modulus)
{
	unsigned power = 1;

	do {
		if (power == x)
			return true;
		power = power * (GENERATOR % modulus) % modulus;
	} while (power != 1);
	return false;
}

bool
roca_fingerprint(const BIGNUM *n)
{
	for (size_t i = 0; i < sizeof(moduli) / sizeof(moduli[0]); i++)
		if (!is_power((unsigned)BN_mod_word(n, moduli[i]), moduli[i]))
			return false;
	return true;
}
