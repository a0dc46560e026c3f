/* Why something failed: a class to branch on, a stable reason id, one sentence for the log. */
#ifndef COMMON_ERR_H
#define COMMON_ERR_H

#define ERR_REASON_MAX 40 /* with the NUL: [a-z0-9._-], "idt.aud.multi" */
#define ERR_TEXT_MAX 320  /* with the NUL */

/* Plumbing first, then the result classes of a login. */
enum errcode {
	E_OK = 0,
	E_NOMEM,
	E_SYS,     /* a system call failed */
	E_TIMEOUT, /* a deadline passed */
	E_CLOSED,  /* the other end is gone */
	E_LIMIT,   /* over a limit of ours */
	E_FORMAT,  /* malformed */
	E_CFG,     /* the operator's configuration */
	E_NET,     /* the provider cannot be reached */
	E_TLS,
	E_PROTO, /* the provider answers nonsense */
	E_KEYS,
	E_TOK, /* JOSE structure or signature */
	E_CLM, /* claims */
	E_CB,  /* loopback callback */
	E_DENY,
	E_EXP,
	E_NAME, /* the person is not the account */
	E_POL,
	E_CONV,   /* conversation failed or cancelled */
	E_BUSY,   /* asked too often */
	E_UNKNOWN /* no such account: keep last, err_name's table ends here */
};

struct err {
	enum errcode code;
	char reason[ERR_REASON_MAX];
	char text[ERR_TEXT_MAX];
};

/*
 * Fills *e unless it already holds a failure (the first one stays), and returns code. e may be
 * NULL. reason may be NULL where no refusal of a login is named, only plumbing; err_reason then
 * gives the class.
 */
enum errcode err_set(struct err *e, enum errcode code, const char *reason, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Analyzers read one file at a time, and must know what comes back. */
#ifdef ANALYZED
#define err_set(e, code, ...) ((err_set)(e, code, __VA_ARGS__), (enum errcode)(code))
#endif

/* The reason id, or the class name where none was given. Never NULL, never empty. */
const char *err_reason(const struct err *e);

/* Short lower-case name of a class: "cfg", "net", ... Never NULL. */
const char *err_name(enum errcode code);

#endif
