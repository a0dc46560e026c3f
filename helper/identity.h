/* The facts of one login as the worker reports them: fixed size, bounded, nothing that needs a
 * parser in root. */
#ifndef HELPER_IDENTITY_H
#define HELPER_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/url.h"

#define IDENTITY_LOGIN_ID_MAX 17 /* 16 hex digits and the NUL */
#define IDENTITY_CLIENT_MAX 256  /* client id, audience, azp */
#define IDENTITY_NONCE_MAX 64
#define IDENTITY_SUB_MAX 256  /* 1 to 255 ASCII characters: OpenID Connect Core section 2 */
#define IDENTITY_NAME_MAX 257 /* 256 bytes of UTF-8 */
#define IDENTITY_ACR_MAX 128
#define IDENTITY_AMR_MAX 16 /* methods */
#define IDENTITY_AMR_LEN 32 /* each, with the NUL */
#define IDENTITY_ALG_MAX 16
#define IDENTITY_KID_MAX 257
#define IDENTITY_GROUPS_MAX 1024 /* names that the policy may mention, so indexes below this */

enum identity_flow { IDENTITY_DEVICE = 1, IDENTITY_LOOPBACK = 2 };

struct identity {
	char login_id[IDENTITY_LOGIN_ID_MAX]; /* as the monitor gave it */
	enum identity_flow flow;
	char issuer[URL_MAX + 1];
	char audience[IDENTITY_CLIENT_MAX]; /* the one that is this client */
	char sub[IDENTITY_SUB_MAX];
	char alg[IDENTITY_ALG_MAX];
	int64_t iat, exp; /* seconds since the epoch */

	/* Each of these counts only where its bit is set. */
	bool has_azp, has_nonce, has_nbf, has_auth_time, has_acr, has_name, has_uid, has_kid;
	bool has_groups; /* the claim was there and was a list; none of it known still counts */
	bool name_from_userinfo, groups_from_userinfo;
	char azp[IDENTITY_CLIENT_MAX];
	char nonce[IDENTITY_NONCE_MAX];
	int64_t nbf, auth_time;
	char acr[IDENTITY_ACR_MAX];
	char name[IDENTITY_NAME_MAX]; /* the username claim, as the provider wrote it */
	uint32_t uid;
	char kid[IDENTITY_KID_MAX];

	uint8_t amr_count;
	char amr[IDENTITY_AMR_MAX][IDENTITY_AMR_LEN];

	/* Which of the monitor's group names the person has (bit i of byte i/8), and how many
	 * others. */
	uint8_t groups[IDENTITY_GROUPS_MAX / 8];
	uint32_t other_groups;
};

/* Encode and decode stand together in identity.c; decode fills *id whole or leaves it. rd_done is
 * the caller's. */
enum errcode identity_encode(struct buf *b, const struct identity *id)
    __attribute__((warn_unused_result));
enum errcode identity_decode(struct rd *r, struct identity *id, struct err *e)
    __attribute__((warn_unused_result));

void identity_set_group(struct identity *id, unsigned index);
bool identity_has_group(const struct identity *id, unsigned index);

#endif
