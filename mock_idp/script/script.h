/* A script: what the provider is told to do instead of what it would do. latchkey-mock-script(5).
 */
#ifndef MOCK_IDP_SCRIPT_SCRIPT_H
#define MOCK_IDP_SCRIPT_SCRIPT_H

#include "common/buf.h"
#include "mock_idp/pairs.h"
#include "mock_idp/script/match.h"
#include "mock_idp/wire/fault.h"
#include "mock_idp/wire/tlsfault.h"

#define SCRIPT_MAX ((size_t)1024 * 1024) /* bytes of a document */
#define SCRIPT_RULES 1000                /* of all documents together */

/* Checked when it was read; NULL and false: not there. */
struct rule {
	json_t *doc; /* as written; what follows points into it */
	char *name;  /* for the journal */
	struct match match;
	json_t *run; /* `do`: control commands */
	json_t *reply, *redirect, *token, *jwks;
	struct buf *content; /* of the reply's file */
	bool instead;        /* the reply replaces the endpoint's */
	bool has_fault, has_tls;
	struct fault fault;
	struct tlsfault tls;
};

struct script {
	struct rule *rules; /* n, in order: the first that matches applies, alone */
	size_t n;
	struct pairs options; /* name and value as on the command line, without dashes */
};

/*
 * Reads a document. name stands in errors; dir is where the files of replies lie, NULL: there may
 * be none. *out is fresh (script_free). E_CFG "NAME: rules[3].match.nth: ...", or line and column.
 */
enum errcode script_parse(struct script **out, const char *text, size_t len, const char *name,
    const char *dir, struct err *e) __attribute__((warn_unused_result));

/* The two halves of it: text into JSON (a new reference), and an object of options and rules, which
 * is borrowed, into a script. */
enum errcode script_load(json_t **out, const char *text, size_t len, const char *name,
    struct err *e) __attribute__((warn_unused_result));
enum errcode script_take(struct script **out, json_t *doc, const struct where *at, const char *dir,
    struct err *e) __attribute__((warn_unused_result));

/* The same for a file, with its folder as dir. */
enum errcode script_read(struct script **out, const char *path, struct err *e)
    __attribute__((warn_unused_result));

/* Moves the rules and options of more behind those of *to (NULL: none yet), and frees more, also on
 * failure. E_LIMIT, E_NOMEM: *to is as it was. */
enum errcode script_append(struct script **to, struct script *more, struct err *e)
    __attribute__((warn_unused_result));

/* Every nth counts from 1 again. s may be NULL in both. */
void script_restart(struct script *s);
void script_free(struct script *s);

#endif
