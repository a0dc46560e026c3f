/* A person's name and groups, in the form that the provider gives them. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include <openssl/sha.h>

#include "mock_idp/ep/person.h"

#define ORGANIZATION "312909075211386241"

static json_t *
lower(const char *name)
{
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(text) - 1 && name[i] != '\0'; i++)
		text[i] = (char)tolower((unsigned char)name[i]);
	return json_stringn(text, i);
}

json_t *
person_name(const struct user *u, enum profile_name form)
{
	switch (form) {
	case NAME_NONE:
		return NULL;
	case NAME_PLAIN:
		return json_string(u->name);
	case NAME_LOWER:
		return lower(u->name);
	case NAME_DOMAIN:
		return json_sprintf("%s@" PERSON_DOMAIN, u->name);
	case NAME_EMAIL:
		return u->email == NULL ? NULL : json_string(u->email);
	}
	return NULL;
}

static bool
take_hash(void *arg, void *p, size_t len)
{
	memcpy(p, arg, len < SHA256_DIGEST_LENGTH ? len : SHA256_DIGEST_LENGTH);
	return true;
}

/* The same group has the same one wherever it is named. */
static json_t *
uuid_of(const char *group)
{
	uint8_t md[SHA256_DIGEST_LENGTH];
	char text[IDS_UUID_SIZE];

	(void)SHA256((const unsigned char *)group, strlen(group), md);
	(void)ids_uuid(&(struct ids){ take_hash, md }, text);
	return json_string(text);
}

static void
add_group(json_t *list, const char *group, const struct profile_claims *how)
{
	switch (how->groups) {
	case GROUPS_NAMES:
		(void)json_array_append_new(
		    list, json_sprintf("%s%s", how->prefix == NULL ? "" : how->prefix, group));
		break;
	case GROUPS_OBJECTS:
		(void)json_array_append_new(
		    list, json_pack("{s:o, s:s}", "value", uuid_of(group), "display", group));
		break;
	case GROUPS_UUIDS:
		(void)json_array_append_new(list, uuid_of(group));
		break;
	case GROUPS_BOTH:
		(void)json_array_append_new(list, uuid_of(group));
		(void)json_array_append_new(list, json_sprintf("%s@" PERSON_DOMAIN, group));
		break;
	}
}

static void
add_nothing(json_t *claims, const char *name, enum profile_empty how, json_t *groups)
{
	switch (how) {
	case EMPTY_NULL:
		(void)json_object_set(claims, name, groups);
		break;
	case EMPTY_ARRAY:
		(void)json_object_set_new(claims, name, json_array());
		break;
	case EMPTY_ABSENT:
		break;
	}
}

/* OpenID Connect Core section 5.6.2. */
static void
add_elsewhere(json_t *claims, const char *name)
{
	(void)json_object_set_new(claims, "_claim_names", json_pack("{s:s}", name, "src1"));
	(void)json_object_set_new(claims, "_claim_sources",
	    json_pack("{s:{s:s}}", "src1", "endpoint",
	        "https://graph.example.test/users/me/getMemberObjects"));
}

static void
add_roles(json_t *claims, const char *name, const json_t *groups)
{
	json_t *roles = json_object(), *one;
	size_t i;

	json_array_foreach(groups, i, one)(void) json_object_set_new(
	    roles, json_string_value(one), json_pack("{s:s}", ORGANIZATION, PERSON_DOMAIN));
	(void)json_object_set_new(claims, name, roles);
}

void
person_add_groups(
    json_t *claims, const char *name, const struct profile_claims *how, const struct user *u)
{
	json_t *list, *one;
	size_t i;

	if (json_array_size(u->groups) == 0) {
		add_nothing(claims, name, how->empty, u->groups);
		return;
	}
	if (how->roles != NULL)
		add_roles(claims, how->roles, u->groups);
	if (how->most != 0 && json_array_size(u->groups) > how->most) {
		add_elsewhere(claims, name);
		return;
	}
	list = json_array();
	json_array_foreach(u->groups, i, one) add_group(list, json_string_value(one), how);
	(void)json_object_set_new(claims, name, list);
}
