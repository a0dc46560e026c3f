#!/bin/sh
# The mock provider from outside: a client that is not ours goes through everything it answers.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"

# stop: by signal, and it leaves nothing behind
stop() {
	unserve
	check "the state directory is gone" "$(find "$dir" -maxdepth 1 -name "*latchkey-mock-idp*" | wc -l)" 0
}
contains() {
	case $2 in
	*"$3"*) ;;
	*)
		echo "FAIL: $1: '$2' lacks '$3'"
		failed=$((failed + 1))
		;;
	esac
}
# http ARG...: the body to $dir/body; prints the status
http() { curl -sS --cacert "$ca" -o "$dir/body" -w '%{http_code}' "$@"; }
body() { cat "$dir/body"; }
# device AUTH...: asks for a code; sets device_code and user_code
device() {
	check "device authorization ($*)" "$(http "$@" -d 'scope=openid profile groups' \
		-d nonce=a-nonce-of-16-ch "$issuer/api/oidc/device-authorization")" 200
	device_code=$(body | field device_code) user_code=$(body | field user_code)
}
# token AUTH...: one poll; prints "status error"
token() {
	printf '%s %s' "$(http "$@" -d grant_type=urn:ietf:params:oauth:grant-type:device_code \
		-d "device_code=$device_code" "$issuer/api/oidc/token")" "$(body | field error)"
}
payload() { body | field id_token | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null; }

serve --interval 1
check discovery "$(http "$issuer/.well-known/openid-configuration")" 200
check issuer "$(body | field issuer)" "$issuer"
check "RFC 8414" "$(http "$issuer/.well-known/oauth-authorization-server")" 200
check JWKS "$(http "$issuer/jwks.json")" 200
contains JWKS "$(body)" '"alg":"ES256"'
check "the page" "$(http "$issuer/consent/openid/device-authorization?user_code=X")" 200
check "another CA is not trusted" "$(curl -s -o /dev/null "$issuer/jwks.json"; echo $?)" 60

for auth in '-d client_id=linux-login' '-d client_id=linux-basic -u linux-basic:basic-secret' \
	'-d client_id=linux-post -d client_secret=post-secret'; do
	# shellcheck disable=SC2086 # the words are arguments
	{
		device $auth
		check "pending ($auth)" "$(token $auth)" '400 authorization_pending'
		ctl approve "$user_code" alice >/dev/null || check "approve ($auth)" failed ok
		check "token ($auth)" "$(token $auth)" '200 '
		contains "nonce ($auth)" "$(payload)" '"nonce":"a-nonce-of-16-ch"'
		access=$(body | field access_token)
		check "userinfo ($auth)" "$(http -H "Authorization: Bearer $access" \
			"$issuer/api/oidc/userinfo")" 200
		contains "userinfo ($auth)" "$(body)" '"groups":["linux-users","linux-admins"]'
		check "replay ($auth)" "$(token $auth)" '500 server_error'
	}
done
contains "the journal notes early polls" "$(ctl journal)" '"early_poll:'

# a removed user, with the last token
ctl remove-user alice >/dev/null
check "userinfo of a removed user" "$(http -H "Authorization: Bearer $access" "$issuer/api/oidc/userinfo")" 200
check "it has no groups" "$(body | grep -c -e groups -e preferred_username)" 0

ctl reset >/dev/null
check "wrong secret" "$(http -d client_id=linux-post -d client_secret=x "$issuer/api/oidc/device-authorization")" 401
check "device errors are empty" "$(body)" '{}'
check "wrong method" "$(http -d client_id=linux-basic -d client_secret=basic-secret \
	"$issuer/api/oidc/device-authorization")" 401
check "unregistered scope" "$(http -d client_id=linux-login -d scope=wheel "$issuer/api/oidc/device-authorization")" 400
check "unknown token" "$(http -H 'Authorization: Bearer x' "$issuer/api/oidc/userinfo")" 401
contains "the journal notes wrong clients" "$(ctl journal)" '"client_auth:method"'
check "no secret is in the journal" "$(ctl journal | grep -c basic-secret)" 0

ctl reset >/dev/null
check "nothing to approve" "$(ctl approve last alice)" '{"ok":false,"error":"no code waits for a decision"}'
ctl approve last alice >/dev/null
check "which ctl says with its status" "$?" 1
ctl wait-code 50 >/dev/null
check "wait-code gives up" "$?" 1
ctl wait-code >"$dir/waited" &
waiter=$!
device -d client_id=linux-login
wait "$waiter"
check "wait-code sees it" "$(field user_code <"$dir/waited")" "$user_code"
ctl deny last >/dev/null
sleep 1.1
check deny "$(token -d client_id=linux-login)" '500 server_error'

device -d client_id=linux-login
ctl expire last >/dev/null
sleep 1.1
check "expired but undecided" "$(token -d client_id=linux-login)" '400 authorization_pending'
device -d client_id=linux-login
ctl approve last bob >/dev/null
ctl expire last >/dev/null
sleep 1.1
check "approved and expired" "$(token -d client_id=linux-login)" '400 expired_token'
check "a client that waits is not early" "$(ctl journal | grep -c early_poll)" 0

ctl auto mallory >/dev/null
device -d client_id=linux-login
check "auto" "$(token -d client_id=linux-login)" '200 '
access=$(body | field access_token)
check "userinfo without groups" "$(http -d "access_token=$access" "$issuer/api/oidc/userinfo")" 200
contains "groups are null" "$(body)" '"groups":null'
check "one connection, many requests" "$(curl -sS --cacert "$ca" -o /dev/null -o /dev/null -o /dev/null \
	-w '%{num_connects}' "$issuer/jwks.json" "$issuer/jwks.json" "$issuer/jwks.json")" 100
stop

serve --alg ES256 --groups-in-id-token --nonce-echo=no
ctl auto alice >/dev/null
device -d client_id=linux-login
check "interval of Authelia" "$(body | grep -c '"interval":10,')" 1
check "token (ES256)" "$(token -d client_id=linux-login)" '200 '
contains "groups in the ID token" "$(payload)" '"preferred_username":"alice"'
check "no nonce" "$(payload | grep -c nonce)" 0
check quit "$(ctl quit)" '{"ok":true}'
wait "$pid"
check "quit ends it cleanly" "$?" 0
pid=

printf '{"users":[{"name":"x","group":[]}]}' >"$dir/users.json"
"$mock" --users "$dir/users.json" >/dev/null 2>"$dir/err"
check "a bad users file stops it" "$?" 1
contains "with a sentence" "$(cat "$dir/err")" 'unknown member group in a user'
"$mock" --listen 0.0.0.0 >/dev/null 2>&1
check "there is no way off loopback" "$?" 2

[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
