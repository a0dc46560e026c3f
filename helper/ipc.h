/*
 * The messages of [B], monitor and worker. One message a packet, first byte type, even from the
 * monitor, odd from the worker. Both ends are ours, but the worker may be captured: the monitor
 * decodes as if a stranger spoke.
 */
#ifndef HELPER_IPC_H
#define HELPER_IPC_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/strlist.h"
#include "helper/identity.h"

#define IPC_MAX (128 * 1024) /* bytes of a packet */
#define IPC_VERSION 5
#define IPC_SECRET_MAX 512
#define IPC_KEY_MAX (16 * 1024)      /* bytes of a PEM file */
#define IPC_REVOKE_MS 5000           /* that the worker has after REVOKE */
#define IPC_DOCUMENT_MAX (64 * 1024) /* larger ones are fetched each time */
#define IPC_ITEM_MAX 2048            /* issuer, scopes, claims, paths, origins */
#define IPC_ORIGINS_MAX 32           /* as many as the settings take */
#define IPC_USER_CODE_MAX 32         /* C-140 */
#define IPC_URI_MAX 512              /* C-139 */
#define IPC_BROWSE_MAX 4096          /* an authorization request, all of it in the URL */

enum ipc_type {
	IPC_JOB = 2,     /* first, once */
	IPC_POLL = 4,    /* the person says it is approved: ask as soon as the interval allows */
	IPC_CACHED = 6,  /* behind the job, as many as it says: a document of an earlier login */
	IPC_REVOKE = 8,  /* behind FACTS: the verdict is out, the access token may go */
	IPC_CODE = 1,    /* what to show */
	IPC_PENDING = 3, /* asked, not approved yet; answers one POLL */
	IPC_FACTS = 5,   /* the end: who it was */
	IPC_FAILED = 7,  /* the end: why not */
	IPC_KEEP = 9,    /* at any time: a document for later logins */
	IPC_BROWSE =
	    11, /* loopback: where the browser goes; FACTS or FAILED follow by themselves */
};

enum ipc_client_auth {
	IPC_AUTH_NONE = 1,
	IPC_AUTH_BASIC = 2,
	IPC_AUTH_POST = 3,
	IPC_AUTH_SECRET_JWT = 4,
	IPC_AUTH_KEY_JWT = 5,
	IPC_AUTH_AUTO = 6, /* by the metadata and what is there */
};

/* Whom a client assertion is for. */
enum ipc_audience { IPC_AUDIENCE_ISSUER = 1, IPC_AUDIENCE_TOKEN = 2, IPC_AUDIENCE_ENDPOINT = 3 };

struct ipc_job {
	char *login_id;
	char *issuer, *client_id;
	enum ipc_client_auth client_auth;
	enum ipc_audience audience;
	char *client_secret; /* "" without one; wiped */
	char *client_key;    /* PEM; "" without one; wiped */
	char *client_key_id; /* "" for none */
	char *scopes;        /* separated by one blank */
	char *ca_file;       /* "" for the system's */
	char *username_claim, *groups_claim;
	char *nonce;
	char *device_endpoint; /* "" for the metadata's */
	char *groups_format;   /* "array", "object_keys", "objects:MEMBER" */
	char *http_proxy;      /* "" without one */
	char *acr_values;      /* to ask for, separated by one blank; "" for none */
	char *redirect_uri;    /* loopback: http, 127.0.0.1, [::1] or localhost; no port: any */
	char *login_hint;      /* loopback: whose sign-in is expected; "" for none */
	enum identity_flow flow;
	bool par; /* loopback: pushed authorization requests, whatever the metadata ask for */
	bool nonce_required, device_pkce;
	bool revoke;           /* REVOKE comes behind FACTS */
	bool may_refetch;      /* keys, for an unknown key id: not more than once a minute */
	uint8_t cached;        /* so many CACHED follow, IPC_KINDS at most */
	uint32_t skew;         /* seconds */
	uint32_t iat_leeway;   /* seconds */
	uint32_t max_age;      /* seconds, to ask for; 0 for none */
	uint32_t http_timeout; /* seconds */
	int64_t deadline;      /* boot ms */
	int64_t started;       /* wall clock */
	struct strlist algorithms, extra_origins, verification_origins, trusted_audiences;
	struct strlist group_names; /* at most IDENTITY_GROUPS_MAX; facts answer by index */
};

/* What one login may leave to the next. */
enum ipc_kind {
	IPC_METADATA = 1,
	IPC_KEYS = 2,
	IPC_REFETCH = 3, /* no document: when keys were fetched for an unknown key id */
};
#define IPC_KINDS 3

struct ipc_document {
	enum ipc_kind kind;
	int64_t fetched; /* wall clock */
	char *body;      /* "" in KEEP: forget what there is (but for REFETCH) */
};

struct ipc_code {
	char *user_code;
	char *verification_uri;
	char *verification_uri_complete; /* "" without one */
	uint32_t expires_in, interval;   /* seconds */
};

struct ipc_browse {
	char *url;
};

struct ipc_failed {
	enum errcode code;
	char *reason, *text;
};

struct ipc_msg {
	enum ipc_type type;
	union {
		struct ipc_job job;
		struct ipc_document document;
		struct ipc_code code;
		struct ipc_browse browse;
		struct identity *facts; /* owned */
		struct ipc_failed failed;
	};
};

/* Encode and decode stand together in ipc.c. b is emptied first; decode fills *m whole or leaves
 * it. */
enum errcode ipc_encode(struct buf *b, const struct ipc_msg *m, struct err *e)
    __attribute__((warn_unused_result));
enum errcode ipc_decode(const void *p, size_t len, struct ipc_msg *m, struct err *e)
    __attribute__((warn_unused_result));
/* Frees what decode made, wipes the secret. */
void ipc_clear(struct ipc_msg *m);

#endif
