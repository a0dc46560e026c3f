/* latchkey verify-raw, on the example of RFC 8037 appendix A.4. */
#include "config.h"

#include "tests/unit/cli/captured.h"

#define JWK                                                                                        \
	"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":"                                              \
	"\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
/* "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc" */
#define MSG                                                                                        \
	"65794a68624763694f694a465a45525451534a392e52586868625842735a5342"                         \
	"765a6942465a4449314e54453549484e705a323570626d63"
#define SIG                                                                                        \
	"860c98d2297f3060a33f42739672d61b53cf3adefed3d3c672f320dc021b411e"                         \
	"9d59b8628dc351e248b88b29468e0e41855b0fb7d83bb15be902bfccb8cd0a02"

static struct captured c;
static char name[] = "verify-raw", alg[] = "--alg", jwk[] = "--jwk", msg[] = "--msg";
static char sig[] = "--sig", eddsa[] = "EdDSA", file[SCRATCH_PATH], m[] = MSG, s[] = SIG;

static int
set_up(void **state)
{
	(void)state;
	scratch_make(&c.dir);
	(void)scratch_write(&c.dir, file, "jwk", JWK, 0600);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&c.dir);
	return 0;
}

static void
judged(char *a, char *k, char *message, char *signature, int status, const char *begins)
{
	char *argv[] = { name, alg, a, jwk, k, msg, message, sig, signature, NULL };

	captured_run(&c, verify_raw_main, "", argv);
	captured_says(&c, status, begins);
	assert_int_equal(c.outlen, 0);
}

static void
takes_the_rfcs_signature(void **state)
{
	(void)state;
	judged(eddsa, file, m, s, CLI_OK, "");
}

static void
refuses_it_with_one_thing_changed(void **state)
{
	char other[] = MSG, flipped[] = SIG, es[] = "ES256", weak[SCRATCH_PATH];

	(void)state;
	other[0] = '7';
	judged(eddsa, file, other, s, CLI_REFUSED, "idt.sig: ");
	flipped[10] = flipped[10] == '0' ? '1' : '0';
	judged(eddsa, file, m, flipped, CLI_REFUSED, "idt.sig: ");
	flipped[126] = '\0';
	judged(eddsa, file, m, flipped, CLI_REFUSED, "idt.ed.size: ");
	judged(es, file, m, s, CLI_REFUSED, "jwks.kty-mm: ");
	(void)scratch_write(
	    &c.dir, weak, "weak", "{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}", 0600);
	judged(es, weak, m, s, CLI_REFUSED, "jwks.rsa.size: ");
	(void)scratch_write(&c.dir, weak, "weak", "[]", 0600);
	judged(es, weak, m, s, CLI_REFUSED, "jwks.json: ");
}

static void
says_how_it_is_used(void **state)
{
	char hs[] = "HS256", half[] = "0", nowhere[] = "/nonexistent";
	char *argv[] = { name, alg, eddsa, NULL };

	(void)state;
	captured_run(&c, verify_raw_main, "", argv);
	captured_says(&c, CLI_USAGE, "usage: latchkey verify-raw ");
	judged(hs, file, m, s, CLI_USAGE, "latchkey verify-raw: --alg: HS256");
	judged(eddsa, file, half, s, CLI_USAGE, "latchkey verify-raw: not pairs");
	judged(eddsa, nowhere, m, s, CLI_USAGE, "latchkey verify-raw: /nonexistent: ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_rfcs_signature),
		cmocka_unit_test(refuses_it_with_one_thing_changed),
		cmocka_unit_test(says_how_it_is_used),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
