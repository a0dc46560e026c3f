#!/bin/sh
# A login under each profile, by a client that knows the issuer alone and reads the rest in the metadata.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"

ctl() { "$mock" ctl "$sock" "$@" >"$dir/ctl"; }
# http ARG...: the body to $dir/body, the head to $dir/head; prints the status
http() { curl -sS --cacert "$ca" -D "$dir/head" -o "$dir/body" -w '%{http_code}' "$@"; }
body() { cat "$dir/body"; }
# of NAME: what the metadata says; number NAME: an integer of the last answer
of() { field "$1" <"$dir/metadata"; }
number() { sed -n 's/.*"'"$1"'":\(-\{0,1\}[0-9]*\).*/\1/p' "$dir/body"; }
part() { field id_token <"$dir/tokens" | cut -d. -f"$1" | tr '_-' '/+' | base64 -d 2>/dev/null; }
header() { part 1; }
payload() { part 2; }
# in_body/in_id/in_header WHAT PATTERN
in_body() { has "$profile: $1" "$2" "$dir/body"; }
in_id() {
	payload >"$dir/payload"
	has "$profile: ID token: $1" "$2" "$dir/payload"
}
not_in_id() { check "$profile: ID token: no $1" "$(payload | grep -c -e "$1")" 0; }
not_in_body() { check "$profile: no $1" "$(grep -c -e "$1" "$dir/body")" 0; }
# home WHERE...: those endpoints are on the issuer's origin; abroad WHERE...: they are on another
origin() { sed 's,^\(https://[^/]*\).*,\1,'; }
home() {
	for one; do
		is "$one at home" "$(of "$one" | origin)" "$(echo "$issuer" | origin)"
	done
}
abroad() {
	for one; do
		has "$profile: $one" "\"$one\":\"https:" "$dir/metadata"
		is "$one abroad" "$(of "$one" | origin | grep -c -x -F "$(echo "$issuer" | origin)")" 0
	done
}
all_home() { home authorization_endpoint token_endpoint userinfo_endpoint jwks_uri; }
kids() { grep -o '"kid":"[^"]*"' "$dir/keys"; }
is() { check "$profile: $1" "$2" "$3"; }

scopes='openid profile email groups'
grant='grant_type=urn:ietf:params:oauth:grant-type:device_code'

# metadata: the document, and that its issuer is the one that was asked
metadata() {
	is metadata "$(http "${issuer%/}/.well-known/openid-configuration")" 200
	cp "$dir/body" "$dir/metadata"
	is issuer "$(of issuer)" "$issuer"
	device=$(of device_authorization_endpoint) token=$(of token_endpoint) userinfo=$(of userinfo_endpoint)
	# the one provider that has it and does not say so
	[ "$profile" != gitlab ] || device=$issuer/oauth/authorize_device
}
# begin ARG...: a device code
begin() {
	is "device authorization" "$(http -d client_id=linux-login -d "scope=$scopes" -d nonce=a-nonce-of-16-ch "$@" "$device")" 200
	code=$(body | field device_code) user_code=$(body | field user_code)
	cp "$dir/body" "$dir/device"
}
# ask ARG...: one poll; prints "status error"
ask() { printf '%s %s' "$(http -d "$grant" -d "device_code=$code" -d client_id=linux-login "$@" "$token")" "$(body | field error)"; }
# finish ARG...: approved, and fetched a second later
finish() {
	ctl approve "$user_code" alice || is approve "$(cat "$dir/ctl")" ok
	sleep 1.1
	is tokens "$(ask "$@")" '200 '
	took
}
took() {
	cp "$dir/body" "$dir/tokens"
	access=$(body | field access_token)
	is "UserInfo" "$(http -H "Authorization: Bearer $access" "$userinfo")" 200
	cp "$dir/body" "$dir/person"
	is "the same sub" "$(field sub <"$dir/person")" "$(payload | field sub)"
	is "the same iss" "$(payload | field iss)" "$issuer"
	is keys "$(http "$(of jwks_uri)")" 200
	cp "$dir/body" "$dir/keys"
	kid=$(header | field kid)
	has "$profile: the key that signed" "\"kid\":\"$kid\"" "$dir/keys"
	cp "$dir/person" "$dir/body"
}

# --- what is odd about each ---

odd_authelia() {
	in_body "groups at UserInfo" '"groups":\["linux-users","linux-admins"\]'
	not_in_id groups
	in_id "aud is an array" '"aud":\["linux-login"\]'
	is replay "$(ask)" '500 server_error'
}
odd_authelia_next() {
	odd_authelia
	is "the id by Basic alone" "$(http -u linux-basic:basic-secret -d scope=openid "$device")" 200
}
odd_rfc() {
	is replay "$(ask)" '400 invalid_grant'
	begin
	is "the first poll waits too" "$(ask)" '400 slow_down'
	ctl deny "$user_code"
	is denied "$(ask)" '400 access_denied'
	is "unknown client" "$(http -d client_id=nobody "$device")" 401
	in_body "which says so" '"error":"invalid_client"'
}
odd_keycloak() {
	all_home
	is "a key for encryption" "$(grep -c '"use":"enc"' "$dir/keys")" 1
	is "the issuer's path" "${issuer#https://127.0.0.1:*/}" realms/test
	in_body paths '"groups":\["/linux-users","/linux-admins"\]'
	in_id "its type" '"typ":"ID"'
	has "$profile: more members" '"not-before-policy":0' "$dir/tokens"
	has "$profile: a refresh token that nobody asked for" '"refresh_token":"' "$dir/tokens"
	begin
	is "the first poll may come at once" "$(ask)" '400 authorization_pending'
	is "the second may not" "$(ask)" '400 slow_down'
	sleep 1.1
	is "and nothing grows" "$(ask)" '400 authorization_pending'
	ctl approve "$(echo "$user_code" | tr -d - | tr '[:upper:]' '[:lower:]')" bob || is "typed otherwise" "$(cat "$dir/ctl")" ok
}
verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
odd_keycloak_pkce() {
	is "a challenge is a must" "$(http -d client_id=linux-login "$device")" 400
	begin -d code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM -d code_challenge_method=S256
	ctl approve "$user_code" alice
	is "and so is the verifier" "$(ask)" '400 invalid_grant'
}
odd_authentik() {
	is "the slash" "${issuer%/}/" "$issuer"
	has "$profile: a minute" '"expires_in":60,' "$dir/device"
	has "$profile: ?code=" '"verification_uri_complete":"[^"]*?code=[0-9]\{9\}"' "$dir/device"
	is "two entries, one kid" "$(kids | wc -l) $(kids | sort -u | wc -l)" '2 1'
	not_in_id at_hash
	not_in_id azp
	not_in_id nonce
	in_id groups '"groups":\["linux-users"'
	n=1
	while [ $n -lt 20 ]; do
		begin
		n=$((n + 1))
	done
	is "the 21st code of the hour" "$(http -d client_id=linux-login "$device")" 429
	in_body "slow down" '^{"error":"slow_down"}$'
}
odd_pocketid() {
	home authorization_endpoint device_authorization_endpoint
	abroad token_endpoint userinfo_endpoint jwks_uri introspection_endpoint
	has "$profile: E and seven" '"user_code":"E[A-Z0-9]\{7\}"' "$dir/device"
	in_id "aud is an array" '"aud":\["linux-login"\]'
	not_in_id nonce
	is replay "$(ask)" '400 invalid_grant'
	begin
	ctl expire last
	is "pending past its end" "$(ask)" '400 authorization_pending'
	begin
	ctl deny last
	is "nobody is told of a denial" "$(ask)" '400 authorization_pending'
}
odd_zitadel() {
	in_id "three audiences" '"aud":\["linux-login","[0-9]*","[0-9]*"\]'
	in_body "groups are objects" '"groups":\[{"value":"[^"]*","display":"linux-users"}'
	in_body "roles are members" '"urn:zitadel:iam:org:project:roles":{"linux-users":{'
	in_body "the name has a domain" '"preferred_username":"alice@example.test"'
	is replay "$(ask)" '400 access_denied'
}
odd_dex() {
	is "no typ" "$(header | grep -c typ)" 0
	is "the same tokens again" "$(ask)" '200 '
	is "to the letter" "$(body | field access_token)" "$access"
	cp "$dir/person" "$dir/body"
	in_body "UserInfo has the access token's claims" '"aud":"linux-login"'
	is "and its at_hash" "$(body | field at_hash | grep -c -e "$(payload | field at_hash)")" 0
	is "a code for a client that is none" "$(http -d client_id=nobody -d scope=openid "$device")" 200
	begin
	ctl deny last
	is "nobody is told of a denial" "$(ask)" '400 authorization_pending'
	code=nothing
	is "unknown code" "$(ask)" '400 invalid_request'
}
odd_rauthy() {
	is "the slash" "${issuer%/}/" "$issuer"
	is "its algorithm" "$(header | field alg)" EdDSA
	is "four keys" "$(kids | sort -u | wc -l)" 4
	is "half of SHA-256" "$(payload | field at_hash | tr -d '\n' | wc -c)" 22
	in_id "an address for a name" '"preferred_username":"alice@example.test"'
	not_in_body preferred_username
	is "Basic" "$(http -u linux-basic:basic-secret -d client_id=linux-basic -d scope=openid "$device")" 401
	in_body "which says it in its own way" '"timestamp":'
	begin
	is "the device code begins so" "$code" "$user_code${code#"$user_code"}"
	is "strike one" "$(ask)" '400 slow_down'
	is "strike two" "$(ask)" '400 slow_down'
	is "strike three" "$(ask)" '400 access_denied'
	begin
	ctl deny last
	is "a denial" "$(ask)" '400 expired_token'
}
odd_google() {
	home authorization_endpoint
	abroad token_endpoint device_authorization_endpoint userinfo_endpoint jwks_uri
	has "$profile: verification_url" '"verification_url":"https:' "$dir/device"
	is "no verification_uri" "$(grep -c verification_uri "$dir/device")" 0
	not_in_body groups
	not_in_body preferred_username
	not_in_id groups
	begin
	is pending "$(ask)" '428 authorization_pending'
	is "too fast" "$(ask)" '403 slow_down'
	ctl deny last
	is denied "$(ask)" '403 access_denied'
}
odd_entra() {
	home authorization_endpoint token_endpoint device_authorization_endpoint jwks_uri
	abroad userinfo_endpoint
	is "the page is abroad" "$(field verification_uri <"$dir/device" | grep -c "^$(echo "$issuer" | origin)")" 0
	is "no alg" "$(grep -c '"alg"' "$dir/keys")" 0
	has "$profile: a message" '"message":"To sign in, ' "$dir/device"
	not_in_id at_hash
	in_id "groups are UUIDs" '"groups":\["[0-9a-f-]\{36\}"'
	not_in_body groups
	is "the token is five minutes old" "$(($(payload | sed -n 's/.*"exp":\([0-9]*\).*/\1/p') - \
		$(payload | sed -n 's/.*"iat":\([0-9]*\).*/\1/p')))" 3900
	is replay "$(ask)" '400 bad_verification_code'
	in_body numbers '"error_codes":\[70019\]'
	begin
	ctl deny last
	is denied "$(ask)" '400 authorization_declined'
}
odd_okta() {
	in_body "an address for a name" '"preferred_username":"alice@example.test"'
	scopes=openid
	begin
	ctl approve last alice
	is tokens "$(ask)" '200 '
	is "openid alone" "$(http -H "Authorization: Bearer $(body | field access_token)" "$userinfo")" 403
}
odd_gitlab() {
	is "not in the metadata" "$(of device_authorization_endpoint)" ''
	in_body "full paths" '"groups":\["latchkey/linux-users",'
	not_in_id '"groups":'
}
odd_glewlwyd() {
	has "$profile: when it was issued" '"iat":[0-9]' "$dir/tokens"
	begin
	is "the first poll waits" "$(ask)" '400 slow_down'
	is "a scope is a must" "$(http -d client_id=linux-login "$device")" 400
	is "a client that is none" "$(http -d "$grant" -d device_code=x -d client_id=nobody "$token")" 403
	in_body "which says so" '^{"error":"unauthorized_client"}$'
}
# no device flow: by the browser
odd_kanidm() {
	back=http://127.0.0.1/callback
	asked="$(of authorization_endpoint)?response_type=code&client_id=linux-login&redirect_uri=$back&state=12345678"
	asked="$asked&scope=openid+profile+groups&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
	is "no device endpoint" "$device" ''
	ctl authorize "$asked" alice
	is "no iss" "$(grep -c 'iss=' "$dir/ctl")" 0
	is tokens "$(http -d grant_type=authorization_code -d "code=$(sed -n 's/.*[?&]code=\([^&"]*\).*/\1/p' "$dir/ctl")" \
		-d "redirect_uri=$back" -d client_id=linux-login -d code_verifier=$verifier "$token")" 200
	took
	in_body "name and domain" '"preferred_username":"alice@example.test"'
	in_body "UUIDs and names" '"groups":\["[0-9a-f-]\{36\}","linux-users@example.test",'
	not_in_id at_hash
	is "its algorithm" "$(header | field alg)" ES256
	ctl authorize "$asked" alice deny
	is "a denial without state" "$(grep -c 'state=' "$dir/ctl")" 0
	has "$profile: a denial" 'error=access_denied' "$dir/ctl"
	is "401" "$(http -H 'Authorization: Bearer x' "$userinfo")" 401
	is "without a body" "$(wc -c <"$dir/body")" 0
}

for profile in authelia authelia-next rfc keycloak keycloak-pkce authentik pocketid zitadel dex rauthy google entra okta \
	gitlab glewlwyd kanidm; do
	scopes='openid profile email groups'
	rm -f "$dir/body"
	serve --interval 1 --profile $profile
	metadata
	case $profile in
	kanidm) ;;
	keycloak-pkce)
		begin -d code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM -d code_challenge_method=S256
		finish -d code_verifier=$verifier
		;;
	*)
		begin
		finish
		;;
	esac
	"odd_$(echo $profile | tr - _)"
	unserve
done

"$mock" --profile okto >/dev/null 2>"$dir/err"
check "a profile that is none" "$?" 2
profile="issuer path"
serve --interval 1 --issuer-path /auth/
is issuer "${issuer#https://127.0.0.1:*/}" auth/
metadata
begin
finish
unserve

[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
