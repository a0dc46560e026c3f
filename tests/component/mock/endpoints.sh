#!/bin/sh
# Client assertions, pushed requests, refresh, revocation, introspection, signed UserInfo and the rate limiter, by curl and openssl.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
command -v openssl >/dev/null || {
	echo "SKIP: openssl is not installed"
	exit 77
}

# start OPTION...: a fresh server; sets key and oidc too
start() {
	serve "$@"
	key=$(field client_key <"$dir/ready") oidc=$issuer/api/oidc
}
# http ARG...: the body to $dir/body, the head to $dir/head; prints the status
http() { curl -sS --cacert "$ca" -A rp/1 -D "$dir/head" -o "$dir/body" -w '%{http_code}' "$@"; }
# said ARG...: the status and the OAuth error
said() { printf '%s %s' "$(http "$@")" "$(field error <"$dir/body")"; }
clean() { check "no violation ($1)" "$(ctl expect clean)" '{"ok":true}'; }
noted() { check "noted: $1" "$(ctl expect violation "$1")" '{"ok":true}'; }

b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
# hex on stdin as base64url
hex64() {
	tr -d '\n' | awk '{
		d = "0123456789abcdef"; a = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
		s = tolower($0); n = length(s)
		while (length(s) % 3) s = s "0"
		for (i = 1; i < length(s); i += 3) {
			v = 0
			for (k = 0; k < 3; k++) v = v * 16 + index(d, substr(s, i + k, 1)) - 1
			r = r substr(a, int(v / 64) + 1, 1) substr(a, v % 64 + 1, 1)
		}
		print substr(r, 1, int((n * 4 + 5) / 6))
	}'
}
# claims CLIENT JTI [AUD [LIFE]]
claims() {
	printf '{"iss":"%s","sub":"%s","aud":"%s","jti":"%s","iat":%d,"exp":%d}' "$1" "$1" "${3:-$oidc/token}" "$2" \
		"$(date +%s)" "$(($(date +%s) + ${4:-60}))"
}
# by_secret SECRET CLAIMS, by_key KEY CLAIMS: a client assertion
by_secret() {
	text=$(printf '{"alg":"HS256"}' | b64).$(printf %s "$2" | b64)
	printf '%s.%s' "$text" "$(printf %s "$text" | openssl dgst -sha256 -hmac "$1" -binary | b64)"
}
by_key() {
	text=$(printf '{"alg":"ES256","kid":"client"}' | b64).$(printf %s "$2" | b64)
	printf %s "$text" >"$dir/text"
	# R and S of the DER signature, 32 octets each
	printf '%s.%s' "$text" "$(openssl dgst -sha256 -sign "$1" "$dir/text" | openssl asn1parse -inform DER |
		sed -n 's/.*INTEGER *://p' | while read -r n; do printf '%64s' "$n" | tr ' ' 0; done | hex64)"
}
type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer
# device ARG...: sets device_code; the client is in the arguments
device() {
	check "device ($1)" "$(http "$@" -d 'scope=openid profile groups' -d nonce=a-nonce-of-16-ch "$oidc/device-authorization")" 200
	device_code=$(field device_code <"$dir/body")
}
poll() { said "$@" -d grant_type=urn:ietf:params:oauth:grant-type:device_code -d "device_code=$device_code" "$oidc/token"; }

cat >"$dir/users" <<'JSON'
{"clients":[
 {"client_id":"par","require_pushed_authorization_requests":true,"redirect_uris":["http://127.0.0.1/cb"],
  "grant_types":["authorization_code"]},
 {"client_id":"signed","client_secret":"s","userinfo_signed_response_alg":"ES384"}]}
JSON
start --users "$dir/users" --auto alice --interval 1
check "the key is for tests" "$(head -n 1 "$key")" 'latchkey-mock-idp: a key for tests, known to everybody'
secret=jwt-secret-of-32-characters-or-so

# every address that is announced is there
http "$issuer/.well-known/openid-configuration" >/dev/null
tr ',' '\n' <"$dir/body" | sed -n 's/^"[a-z_]*_endpoint":"\(.*\)"$/\1/p' >"$dir/announced"
check "seven endpoints are announced" "$(wc -l <"$dir/announced")" 7
while read -r url; do
	case $(http "$url") in
	404) check "$url" missing there ;;
	esac
done <"$dir/announced"
ctl reset >/dev/null

device -d client_id=linux-jwt -d client_assertion_type=$type -d "client_assertion=$(by_secret $secret "$(claims linux-jwt 1)")"
sleep 1.1
good=$(by_secret $secret "$(claims linux-jwt 2 "$issuer")")
check "client_secret_jwt" "$(poll -d client_assertion_type=$type -d "client_assertion=$good")" '200 '
device -d client_id=linux-key -d client_assertion_type=$type -d "client_assertion=$(by_key "$key" "$(claims linux-key 1)")"
sleep 1.1
check "private_key_jwt" "$(poll -d client_assertion_type=$type -d "client_assertion=$(by_key "$key" "$(claims linux-key 2)")")" '200 '
clean assertions

# one thing wrong, the rest as above
check "an assertion is good once" "$(poll -d client_assertion_type=$type -d "client_assertion=$good")" '400 jti_known'
noted client_auth:assertion_replay
check "not for another audience" "$(poll -d client_assertion_type=$type \
	-d "client_assertion=$(by_secret $secret "$(claims linux-jwt 3 https://elsewhere.test)")")" '401 invalid_client'
noted client_auth:assertion_aud
check "nor when it has expired" "$(poll -d client_assertion_type=$type \
	-d "client_assertion=$(by_secret $secret "$(claims linux-jwt 4 "$issuer" -1)")")" '401 invalid_client'
noted client_auth:assertion_exp
check "nor by another secret" "$(poll -d client_assertion_type=$type \
	-d "client_assertion=$(by_secret ${secret}x "$(claims linux-jwt 5)")")" '401 invalid_client'
noted client_auth:assertion_signature
openssl ecparam -name prime256v1 -genkey -noout -out "$dir/other.pem"
check "nor by another key" "$(poll -d client_assertion_type=$type \
	-d "client_assertion=$(by_key "$dir/other.pem" "$(claims linux-key 6)")")" '401 invalid_client'
check "nor unsigned" "$(poll -d client_assertion_type=$type \
	-d "client_assertion=$(printf '{"alg":"none"}' | b64).$(claims linux-key 7 | b64).")" '401 invalid_client'
noted client_auth:assertion_alg
check "nor of another type" "$(poll -d client_assertion_type=jwt -d "client_assertion=$good")" '400 invalid_request'
check "nor beside a secret" "$(poll -d client_assertion_type=$type -d client_secret=x -d "client_assertion=$good")" '400 invalid_request'
ctl reset >/dev/null

# refresh tokens
me='-d client_id=linux-refresh'
# shellcheck disable=SC2086 # the words are arguments
{
	check "device with offline_access" "$(http $me -d 'scope=openid offline_access' "$oidc/device-authorization")" 200
	device_code=$(field device_code <"$dir/body")
	sleep 1.1
	check "tokens" "$(poll $me)" '200 '
	first=$(field refresh_token <"$dir/body") access=$(field access_token <"$dir/body")
	check "are refreshed" "$(said $me -d grant_type=refresh_token -d "refresh_token=$first" "$oidc/token")" '200 '
	second=$(field refresh_token <"$dir/body")
	has "with an ID token" '"id_token":"eyJ' "$dir/body"
	clean refresh
	check "the old access token is no good" "$(http -H "Authorization: Bearer $access" "$oidc/userinfo")" 401
	check "nor the old refresh token" "$(said $me -d grant_type=refresh_token -d "refresh_token=$first" "$oidc/token")" '400 invalid_grant'
	noted refresh_token_reuse
	check "nor, then, the new one" "$(said $me -d grant_type=refresh_token -d "refresh_token=$second" "$oidc/token")" '400 invalid_grant'
	ctl reset >/dev/null

	# introspection and revocation
	check "tokens again" "$(http $me -d 'scope=openid offline_access' "$oidc/device-authorization")" 200
	device_code=$(field device_code <"$dir/body")
	sleep 1.1
	check "and again" "$(poll $me)" '200 '
	access=$(field access_token <"$dir/body") refresh=$(field refresh_token <"$dir/body")
	check introspection "$(http -u linux-basic:basic-secret -d "token=$access" "$oidc/introspection")" 200
	has "says who" '{"active":true,"client_id":"linux-refresh","exp":[0-9]*,"iat":[0-9]*,"scope":"openid offline_access","sub":"[^"]*","username":"alice"}' "$dir/body"
	check "of a token that there is not" "$(http -u linux-basic:basic-secret -d token=x "$oidc/introspection")" 200
	check "it says nothing" "$(cat "$dir/body")" '{"active":false}'
	check "not to a stranger" "$(said -u linux-basic:x -d "token=$access" "$oidc/introspection")" '401 request_unauthorized'
	check "another client revokes nothing" "$(said -u linux-basic:basic-secret -d "token=$access" "$oidc/revocation")" '400 unauthorized_client'
	check revocation "$(http $me -d "token=$refresh" -d token_type_hint=refresh_token "$oidc/revocation")" 200
	check "says nothing" "$(wc -c <"$dir/body")" 0
	check "ends the access token too" "$(http -H "Authorization: Bearer $access" "$oidc/userinfo")" 401
	noted revoked_token
	ctl reset >/dev/null
}

# a pushed request
verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
challenge=$(printf %s $verifier | openssl dgst -sha256 -binary | b64)
back=http://127.0.0.1:4711/cb
set -- -d response_type=code -d client_id=par -d "redirect_uri=$back" -d scope=openid -d state=state-of-12 \
	-d "code_challenge=$challenge" -d code_challenge_method=S256
check PAR "$(http "$@" "$oidc/pushed-authorization-request")" 201
has "five minutes" '^{"expires_in":300,"request_uri":"urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]*"}$' "$dir/body"
uri=$(field request_uri <"$dir/body")
check "the browser comes with it" "$(http -G -d client_id=par -d "request_uri=$uri" "$oidc/authorization")" 303
has "and goes back" "^[Ll]ocation: $back?code=authelia_ac_[^&]*&iss=[^&]*&scope=openid&state=state-of-12" "$dir/head"
code=$(sed -n 's/^[Ll]ocation: .*[?&]code=\([^&]*\).*/\1/p' "$dir/head")
check "the code is good" "$(said -d grant_type=authorization_code -d "code=$code" -d client_id=par -d "redirect_uri=$back" \
	-d code_verifier=$verifier "$oidc/token")" '200 '
clean "pushed request"
check "a second time it is not" "$(http -G -d client_id=par -d "request_uri=$uri" "$oidc/authorization")" 302
has "and stays here" "^[Ll]ocation: $issuer/consent/completion?error=invalid_request_uri" "$dir/head"
noted request_uri_reuse
check "nor is one that was not pushed" "$(http -G "$@" "$oidc/authorization")" 302
noted par_required
check "nothing of it stands beside it" "$(http -G -d client_id=par -d request_uri=urn:x -d state=state-of-12 "$oidc/authorization")" 302
noted beside_request_uri:state
check "nor is a scope pushed that is not registered" "$(said -d scope=wheel "$@" "$oidc/pushed-authorization-request")" '400 invalid_scope'
ctl reset >/dev/null

# UserInfo as it was registered
device -u signed:s -d client_id=signed
sleep 1.1
check "the signed client" "$(poll -u signed:s)" '200 '
check "its UserInfo" "$(http -H "Authorization: Bearer $(field access_token <"$dir/body")" -H 'Accept: application/jwt' "$oidc/userinfo")" 200
has "is a JWT" '^[Cc]ontent-[Tt]ype: application/jwt; charset=utf-8' "$dir/head"
check "of that algorithm" "$(cut -d. -f1 "$dir/body" | tr '_-' '/+' | base64 -d 2>/dev/null | grep -c '"alg":"ES384"')" 1
http "$issuer/jwks.json" >/dev/null
has "whose key is there" '"crv":"P-384"' "$dir/body"
clean "signed UserInfo"
unserve

# the limiter, and codes that want encoding
start --rate-limit 60/2 --odd-codes --interval 1
check "an odd code" "$(http -d client_id=linux-login -d scope=openid "$oidc/device-authorization")" 200
# shellcheck disable=SC1003 # a backslash and a quote
device_code=$(sed -n 's/.*"device_code":"\(.*\)","expires_in".*/\1/p' "$dir/body" | sed 's/\\"/"/g; s|\\/|/|g')
grant=grant_type=urn:ietf:params:oauth:grant-type:device_code
check "not encoded it is another" "$(said -d $grant -d "device_code=$device_code" -d client_id=linux-login "$oidc/token")" '500 server_error'
sleep 1.1
check "encoded it is known" "$(said -d $grant --data-urlencode "device_code=$device_code" -d client_id=linux-login "$oidc/token")" '400 authorization_pending'
check "one more is too many" "$(said -d $grant --data-urlencode "device_code=$device_code" -d client_id=linux-login "$oidc/token")" '429 temporarily_unavailable'
check "it says for how long" "$(sed -n 's/^[Rr]etry-[Aa]fter: \([0-9]*\).*/\1/p' "$dir/head" | awk '{ print ($1 > 50 && $1 <= 60) }')" 1
check "from another address it is not" "$(said -H 'X-Forwarded-For: 192.0.2.7' -d $grant --data-urlencode "device_code=$device_code" \
	-d client_id=linux-login "$oidc/token")" '400 authorization_pending'
check "nor at another endpoint" "$(http "$issuer/jwks.json")" 200
unserve

# only pushed requests, of anybody
start --require-par
http "$issuer/.well-known/openid-configuration" >/dev/null
has "the metadata say so" '"require_pushed_authorization_requests":true' "$dir/body"
check "and mean it" "$(http -G -d client_id=linux-login -d "redirect_uri=http://127.0.0.1/callback" -d response_type=code \
	-d state=state-of-12 -d "code_challenge=$challenge" -d code_challenge_method=S256 "$oidc/authorization")" 302
noted par_required
unserve

[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
