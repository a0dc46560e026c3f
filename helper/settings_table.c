/* The table of settings: one row each, in the order of latchkey.conf(5). */
#include "config.h"

#include <string.h>

#include "helper/identity.h"
#include "helper/settings_table.h"
#include "helper/settings_value.h"

#define P(field) offsetof(struct settings, provider.field)
#define L(field)                                                                                   \
	offsetof(struct settings, login.field), offsetof(struct settings_service, login.field)
#define M(field) offsetof(struct settings, limits.field)
#define D(field)                                                                                   \
	offsetof(struct settings, demand.field), offsetof(struct settings_service, demand.field)
#define A(field) offsetof(struct settings_account, field)
#define GROUPS_EXPECTED "a provider's group of 1 to 256 bytes"
#define USERS_EXPECTED "the name of a provider's user, 1 to 256 bytes"
#define USERS_MAX 1024

static const char *const auths[] = { "auto", "none", "client_secret_basic", "client_secret_post",
	"client_secret_jwt", "private_key_jwt", NULL };
static const char *const audiences[] = { "issuer", "token_endpoint", "endpoint", NULL };
static const char *const nonces[] = { "optional", "require", NULL };
static const char *const pars[] = { "auto", "require", NULL };
static const char *const flows[] = { "auto", "device", "loopback", "none", NULL };
static const char *const prompts[] = { "auto", "enter", "none", NULL };
static const char *const strangers[] = { "decoy", "serve", NULL };
static const char *const pins[] = { "yes", "warn", "no", NULL };
static const char *const yesno[] = { "no", "yes", NULL };

const struct settings_row settings_table[SETTINGS_ROWS] = {
	{ SETTINGS_PROVIDER, "name", SETTINGS_TEXT, P(name), 0, "the identity provider", NULL, 1, 0,
	    settings_value_shown, "1 to 64 printable ASCII characters", NULL },
	{ SETTINGS_PROVIDER, "issuer", SETTINGS_TEXT, P(issuer), 0, NULL, NULL, 1, 0,
	    settings_value_issuer, "an https URL without query, fragment and user name",
	    "set it to the provider's issuer, such as https://auth.example.com" },
	{ SETTINGS_PROVIDER, "client_id", SETTINGS_TEXT, P(client_id), 0, NULL, NULL, 1, 0,
	    settings_value_client, "1 to 255 printable ASCII characters without blanks",
	    "set it to the id under which this client is registered at the provider" },
	{ SETTINGS_PROVIDER, "client_auth", SETTINGS_CHOICE, P(client_auth), 0, "auto", auths, 0, 0,
	    NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "client_secret_file", SETTINGS_TEXT, P(client_secret_file), 0, "",
	    NULL, 0, 0, settings_value_path, "an absolute path", NULL },
	{ SETTINGS_PROVIDER, "client_key_file", SETTINGS_TEXT, P(client_key_file), 0, "", NULL, 0,
	    0, settings_value_path, "an absolute path", NULL },
	{ SETTINGS_PROVIDER, "client_key_id", SETTINGS_TEXT, P(client_key_id), 0, "", NULL, 0, 0,
	    settings_value_client, "1 to 255 printable ASCII characters without blanks", NULL },
	{ SETTINGS_PROVIDER, "assertion_audience", SETTINGS_CHOICE, P(assertion_audience), 0,
	    "issuer", audiences, 0, 0, NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "scopes", SETTINGS_LIST, P(scopes), 0, "openid profile groups", NULL,
	    1, 32, settings_value_scope, "a scope without blanks, \" and \\", NULL },
	{ SETTINGS_PROVIDER, "algorithms", SETTINGS_LIST, P(algorithms), 0, "RS256", NULL, 1, 10,
	    settings_value_algorithm,
	    "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 or EdDSA", NULL },
	{ SETTINGS_PROVIDER, "ca_file", SETTINGS_TEXT, P(ca_file), 0, "", NULL, 0, 0,
	    settings_value_path, "an absolute path", NULL },
	{ SETTINGS_PROVIDER, "username_claim", SETTINGS_TEXT, P(username_claim), 0,
	    "preferred_username", NULL, 1, 0, settings_value_claim,
	    "a claim's name, or a JSON pointer that begins with /, without blanks", NULL },
	{ SETTINGS_PROVIDER, "groups_claim", SETTINGS_TEXT, P(groups_claim), 0, "groups", NULL, 1,
	    0, settings_value_claim,
	    "a claim's name, or a JSON pointer that begins with /, without blanks", NULL },
	{ SETTINGS_PROVIDER, "strip_domain", SETTINGS_TEXT, P(strip_domain), 0, "", NULL, 0, 0,
	    settings_value_domain, "a domain without @, such as example.com", NULL },
	{ SETTINGS_PROVIDER, "extra_origins", SETTINGS_LIST, P(extra_origins), 0, "", NULL, 0, 32,
	    settings_value_origin, "https://host or https://host:port without a path", NULL },
	{ SETTINGS_PROVIDER, "verification_origins", SETTINGS_LIST, P(verification_origins), 0, "",
	    NULL, 0, 32, settings_value_origin, "https://host or https://host:port without a path",
	    NULL },
	{ SETTINGS_PROVIDER, "device_nonce", SETTINGS_SWITCH, P(device_nonce_required), 0,
	    "optional", nonces, 0, 0, NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "device_pkce", SETTINGS_SWITCH, P(device_pkce), 0, "no", yesno, 0, 0,
	    NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "device_authorization_endpoint", SETTINGS_TEXT,
	    P(device_authorization_endpoint), 0, "", NULL, 0, 0, settings_value_endpoint,
	    "an https URL without fragment and user name", NULL },
	{ SETTINGS_PROVIDER, "redirect_uri", SETTINGS_TEXT, P(redirect_uri), 0,
	    "http://127.0.0.1/callback", NULL, 1, 0, settings_value_redirect,
	    "http://127.0.0.1, http://[::1] or http://localhost, perhaps with a port of 1024 to "
	    "65535, and a path",
	    NULL },
	{ SETTINGS_PROVIDER, "par", SETTINGS_SWITCH, P(par_required), 0, "auto", pars, 0, 0, NULL,
	    NULL, NULL },
	{ SETTINGS_PROVIDER, "login_hint", SETTINGS_SWITCH, P(login_hint), 0, "no", yesno, 0, 0,
	    NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "trusted_audiences", SETTINGS_LIST, P(trusted_audiences), 0, "", NULL,
	    0, 32, settings_value_client, "1 to 255 printable ASCII characters without blanks",
	    NULL },
	{ SETTINGS_PROVIDER, "groups_format", SETTINGS_TEXT, P(groups_format), 0, "array", NULL, 1,
	    0, settings_value_format, "array, object_keys, or objects:MEMBER", NULL },
	{ SETTINGS_PROVIDER, "clock_skew", SETTINGS_SECONDS, P(clock_skew), 0, "60s", NULL, 0, 300,
	    NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "iat_leeway", SETTINGS_SECONDS, P(iat_leeway), 0, "60s", NULL, 0, 900,
	    NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "http_timeout", SETTINGS_SECONDS, P(http_timeout), 0, "10s", NULL, 1,
	    60, NULL, NULL, NULL },
	{ SETTINGS_PROVIDER, "http_proxy", SETTINGS_TEXT, P(http_proxy), 0, "", NULL, 0, 0,
	    settings_value_proxy, "http://host:port", NULL },
	{ SETTINGS_PROVIDER, "revoke", SETTINGS_SWITCH, P(revoke), 0, "no", yesno, 0, 0, NULL, NULL,
	    NULL },

	{ SETTINGS_LOGIN, "flow", SETTINGS_CHOICE, L(flow), "auto", flows, 0, 0, NULL, NULL, NULL },
	{ SETTINGS_LOGIN, "prompt", SETTINGS_CHOICE, L(prompt), "auto", prompts, 0, 0, NULL, NULL,
	    NULL },
	{ SETTINGS_LOGIN, "time_limit", SETTINGS_SECONDS, L(time_limit), "90s", NULL, 10, 600, NULL,
	    NULL, NULL },
	{ SETTINGS_LOGIN, "services", SETTINGS_LIST, offsetof(struct settings, services), 0,
	    "sshd sudo su login polkit-1 cockpit", NULL, 0, 256, settings_value_service,
	    "a PAM service's name in small letters (sudo covers sudo-i, su covers su-l, login "
	    "covers remote)",
	    NULL },
	{ SETTINGS_LOGIN, "allow_groups", SETTINGS_LIST, D(allow.groups), "", NULL, 1,
	    IDENTITY_GROUPS_MAX, settings_value_group, GROUPS_EXPECTED, NULL },
	{ SETTINGS_LOGIN, "allow_users", SETTINGS_LIST, D(allow.users), "", NULL, 0, USERS_MAX,
	    settings_value_person, USERS_EXPECTED, NULL },
	{ SETTINGS_LOGIN, "deny_groups", SETTINGS_LIST, D(deny_groups), "", NULL, 0,
	    IDENTITY_GROUPS_MAX, settings_value_group, GROUPS_EXPECTED, NULL },
	{ SETTINGS_LOGIN, "require_acr", SETTINGS_LIST, D(acr), "", NULL, 0, 16, settings_value_acr,
	    "an acr value of 1 to 127 printable ASCII characters without blanks", NULL },
	{ SETTINGS_LOGIN, "require_amr", SETTINGS_LIST, D(amr), "", NULL, 0, IDENTITY_AMR_MAX,
	    settings_value_amr, "a method of 1 to 31 printable ASCII characters without blanks",
	    NULL },
	{ SETTINGS_LOGIN, "max_auth_age", SETTINGS_SECONDS, D(max_auth_age), "0s", NULL, 0, 2592000,
	    NULL, NULL, NULL },
	{ SETTINGS_LOGIN, "ignore_users", SETTINGS_LIST, L(ignore_users), "root", NULL, 0, 1024,
	    settings_value_user, "an account's name", NULL },
	{ SETTINGS_LOGIN, "strangers", SETTINGS_CHOICE, L(strangers), "decoy", strangers, 0, 0,
	    NULL, NULL, NULL },
	{ SETTINGS_LOGIN, "min_uid", SETTINGS_NUMBER, L(min_uid), "1000", NULL, 1, UINT32_MAX - 1,
	    NULL, NULL, NULL },
	{ SETTINGS_LOGIN, "root_groups", SETTINGS_LIST, offsetof(struct settings, root_groups), 0,
	    "", NULL, 0, 256, settings_value_user, "a local group's name", NULL },
	{ SETTINGS_LOGIN, "pin", SETTINGS_CHOICE, L(pin), "yes", pins, 0, 0, NULL, NULL, NULL },
	{ SETTINGS_LOGIN, "session_env", SETTINGS_SWITCH, L(session_env), "no", yesno, 0, 0, NULL,
	    NULL, NULL },

	{ SETTINGS_LIMITS, "window", SETTINGS_SECONDS, M(window), 0, "10m", NULL, 60, 86400, NULL,
	    NULL, NULL },
	{ SETTINGS_LIMITS, "address", SETTINGS_NUMBER, M(address), 0, "10", NULL, 0, 10000, NULL,
	    NULL, NULL },
	{ SETTINGS_LIMITS, "network", SETTINGS_NUMBER, M(network), 0, "40", NULL, 0, 10000, NULL,
	    NULL, NULL },
	{ SETTINGS_LIMITS, "account", SETTINGS_NUMBER, M(account), 0, "20", NULL, 0, 10000, NULL,
	    NULL, NULL },
	{ SETTINGS_LIMITS, "known", SETTINGS_NUMBER, M(known), 0, "30", NULL, 0, 10000, NULL, NULL,
	    NULL },
	{ SETTINGS_LIMITS, "factor", SETTINGS_NUMBER, M(factor), 0, "30", NULL, 0, 10000, NULL,
	    NULL, NULL },
	{ SETTINGS_LIMITS, "local", SETTINGS_NUMBER, M(local), 0, "60", NULL, 0, 10000, NULL, NULL,
	    NULL },
	{ SETTINGS_LIMITS, "pending", SETTINGS_NUMBER, M(pending), 0, "40", NULL, 0, 10000, NULL,
	    NULL, NULL },
	{ SETTINGS_LIMITS, "remember", SETTINGS_SECONDS, M(remember), 0, "720h", NULL, 0, 31622400,
	    NULL, NULL, NULL },

	{ SETTINGS_ACCOUNT, "groups", SETTINGS_LIST, A(who.groups), 0, "", NULL, 0,
	    IDENTITY_GROUPS_MAX, settings_value_group, GROUPS_EXPECTED, NULL },
	{ SETTINGS_ACCOUNT, "users", SETTINGS_LIST, A(who.users), 0, "", NULL, 0, USERS_MAX,
	    settings_value_person, USERS_EXPECTED, NULL },

	{ SETTINGS_GROUP, "groups", SETTINGS_LIST, offsetof(struct settings_group, groups), 0, NULL,
	    NULL, 1, IDENTITY_GROUPS_MAX, settings_value_group, GROUPS_EXPECTED,
	    "set it to the provider's groups that grant this local group" },
};

static const char *const section_name[] = { "provider", "login", "limits", "service", "account",
	"group" };
#define SECTIONS (sizeof(section_name) / sizeof(section_name[0]))

const char *
settings_table_section(enum settings_section section)
{
	return section_name[section];
}

bool
settings_table_find_section(const char *name, enum settings_section *out)
{
	for (size_t i = 0; i < SECTIONS; i++)
		if (strcmp(section_name[i], name) == 0) {
			*out = (enum settings_section)i;
			return true;
		}
	return false;
}

static bool
row_is_in(const struct settings_row *row, enum settings_section section)
{
	return section == SETTINGS_SERVICE ? row->at_service != 0 : row->section == section;
}

const struct settings_row *
settings_table_find(enum settings_section section, const char *key)
{
	for (size_t i = 0; i < SETTINGS_ROWS; i++)
		if (row_is_in(&settings_table[i], section) &&
		    strcmp(settings_table[i].key, key) == 0)
			return &settings_table[i];
	return NULL;
}

/* Levenshtein's distance, for keys of less than 65 characters (conf's own limit). */
static size_t
distance(const char *a, const char *b)
{
	size_t row[66], na = strlen(a), nb = strlen(b);

	if (na > 64 || nb > 64)
		return 64;
	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[nb];
}

const char *
settings_table_nearest(enum settings_section section, const char *key)
{
	const char *found = NULL;
	size_t best = 4, d;

	for (size_t i = 0; i < SETTINGS_ROWS; i++)
		if (row_is_in(&settings_table[i], section) &&
		    (d = distance(settings_table[i].key, key)) < best) {
			best = d;
			found = settings_table[i].key;
		}
	return found;
}
