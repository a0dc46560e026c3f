/* How the lists of metadata members are written. */
#ifndef MOCK_IDP_PROFILE_PROFILE_MEMBER_H
#define MOCK_IDP_PROFILE_PROFILE_MEMBER_H

#include "mock_idp/profile/profile.h"

#define PROFILE_ROW(name, kind, place, value)                                                      \
	{                                                                                          \
		name, kind, place, value                                                           \
	}
#define PROFILE_ISSUER PROFILE_ROW("issuer", META_ISSUER, PLACES, NULL)
#define PROFILE_PLACE(name, place) PROFILE_ROW(name, META_PLACE, place, NULL)
#define PROFILE_PATH(name, path) PROFILE_ROW(name, META_PATH, PLACES, path)
#define PROFILE_TEXT(name, text) PROFILE_ROW(name, META_TEXT, PLACES, text)
#define PROFILE_WORDS(name, words) PROFILE_ROW(name, META_WORDS, PLACES, words)
#define PROFILE_LIST(name, list) PROFILE_ROW(name, META_LIST, PLACES, list)
#define PROFILE_YES(name) PROFILE_ROW(name, META_YES, PLACES, NULL)
#define PROFILE_NO(name) PROFILE_ROW(name, META_NO, PLACES, NULL)
#define PROFILE_END PROFILE_ROW(NULL, META_NO, PLACES, NULL)

#define PROFILE_DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

/* Too long to stand among the others. */
extern const struct profile_member profile_authelia_oauth[], profile_authelia_openid[];

#endif
