/*
 * naive PROGRAM NAME...: a relying party that leaves everything to libjwt: it takes the token,
 * finds the key by its kid, and calls jwt_decode with its PEM. For each scenario a line: "accepts
 * NAME", "refuses NAME", or "crashes NAME".
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jwt.h>
#include <openssl/pem.h>

#include "tests/support/idp/key.h"
#include "tests/support/idp/token.h"
#include "tests/support/idp/walk.h"

#define PEM_MAX 8192

/* The key with the token's kid, or the first of an RSA key where there is none. */
static const json_t *
choose(const json_t *token, const json_t *jwks)
{
	json_t *look = token_look(token), *keys = json_object_get(jwks, "keys");
	const json_t *kid = json_object_get(json_object_get(look, "jose"), "kid"), *found = NULL;

	for (size_t i = 0; i < json_array_size(keys) && found == NULL; i++)
		if (kid != NULL &&
		    json_equal(json_object_get(json_array_get(keys, i), "kid"), kid) == 1)
			found = json_array_get(keys, i);
	for (size_t i = 0; i < json_array_size(keys) && found == NULL; i++)
		if (json_object_get(json_array_get(keys, i), "n") != NULL)
			found = json_array_get(keys, i);
	json_decref(look);
	return found;
}

static int
pem_of(const json_t *jwk, char pem[PEM_MAX])
{
	EVP_PKEY *pkey = jwk == NULL ? NULL : key_of(jwk);
	BIO *bio = BIO_new(BIO_s_mem());
	int len = 0;

	if (pkey != NULL && bio != NULL && PEM_write_bio_PUBKEY(bio, pkey) == 1)
		len = BIO_read(bio, pem, PEM_MAX - 1);
	pem[len > 0 ? len : 0] = '\0';
	BIO_free(bio);
	EVP_PKEY_free(pkey);
	return len;
}

/* In a process of its own: long tokens end it. */
static const char *
verdict(const char *token, const char *pem, int len)
{
	int status = 0;
	pid_t pid;

	(void)fflush(stdout);
	if ((pid = fork()) == 0) {
		jwt_t *jwt = NULL;
		int rc;

		(void)signal(SIGSEGV, SIG_DFL);
		rc = jwt_decode(&jwt, token, (const unsigned char *)pem, len);
		_exit(rc == 0 && jwt != NULL ? 0 : 1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFSIGNALED(status))
		return "crashes";
	return WEXITSTATUS(status) == 0 ? "accepts" : "refuses";
}

static bool
try_one(char *program, char *name)
{
	char scenario[] = "--scenario", seed[] = "--seed", one[] = "1", pem[PEM_MAX];
	char *argv[] = { program, scenario, name, seed, one, NULL };
	json_t *shows = json_pack("[{s:s, s:b}]", "at", "token", "verifies", 1);
	struct process p = { .pid = 0 };
	struct walk *w = NULL;
	const json_t *token = NULL;
	int len = 0;

	if (shows != NULL && process_start(&p, argv) && (w = walk_new(&p, shows, false)) != NULL) {
		walk_go(w);
		token = walk_token(w);
		len = token == NULL ? 0 : pem_of(choose(token, walk_jwks(w)), pem);
	}
	if (len > 0)
		(void)printf("%s %s\n", verdict(json_string_value(token), pem, len), name);
	else
		(void)printf("has no token or key: %s\n", name);
	walk_free(w);
	process_stop(&p);
	json_decref(shows);
	return len > 0;
}

int
main(int argc, char *argv[])
{
	bool ok = argc > 2;

	for (int i = 2; i < argc; i++)
		ok = try_one(argv[1], argv[i]) && ok;
	return ok ? 0 : 1;
}
