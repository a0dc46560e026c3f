#!/bin/sh
# The pages of the mock provider as a browser walks them: sign in, approve, deny, and what must not work.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"

ctl() { "$mock" ctl "$sock" "$@"; }
# browse ARG...: with cookies; page and head to $dir; prints the status
browse() {
	curl -sS --cacert "$ca" -b "$dir/jar" -c "$dir/jar" -D "$dir/head" -o "$dir/page" -w '%{http_code}' "$@"
}
csrf() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$dir/page" | head -n 1; }
location() { sed -n 's/^[Ll]ocation: \(.*\)\r$/\1/p' "$dir/head"; }
# press ARG...: a button of the page that was seen last
press() { browse -d "csrf=$(csrf)" "$@"; }
# device: a fresh user code of linux-login
device() {
	curl -sS --cacert "$ca" -d client_id=linux-login -d 'scope=openid profile' \
		"$issuer/api/oidc/device-authorization" >"$dir/device"
	code=$(field user_code <"$dir/device")
}
poll() {
	curl -sS --cacert "$ca" -d client_id=linux-login -d "device_code=$(field device_code <"$dir/device")" \
		-d grant_type=urn:ietf:params:oauth:grant-type:device_code "$issuer/api/oidc/token"
}

"$mock" --state "$dir/state" >"$dir/ready" &
pid=$!
n=0
until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
	sleep 0.1
	n=$((n + 1))
done
issuer=$(field issuer <"$dir/ready") ca=$dir/state/ca.pem sock=$dir/state/control.sock
page=$issuer/consent/openid/device-authorization

device
check "a stranger gets the page" "$(browse "$page?user_code=$code")" 200
has "asks for a sign-in" '<h1>Sign in</h1>' "$dir/page"
has "says what it is" 'Test provider' "$dir/page"
has "a policy without scripts" "^Content-Security-Policy: default-src 'none'; style-src 'sha256-[^ ]*'; .*frame-ancestors 'none'" "$dir/head"
has "is not stored" '^Cache-Control: no-store' "$dir/head"
has "a cookie for this host alone" '^Set-Cookie: __Host-.*Secure; HttpOnly; SameSite=Lax' "$dir/head"
style=$(sed -n '/<style>/,/<\/style>/p' "$dir/page" | sed -e 's/.*<style>//' -e 's/<\/style>.*//')
if command -v openssl >/dev/null; then
	# the last line before the end tag is whole, so the text ends in a newline
	sum=$(printf '%s\n' "$style" | openssl dgst -sha256 -binary | base64)
	has "the policy names this very style" "'sha256-$sum'" "$dir/head"
fi

check "a wrong password" "$(press -d "user_code=$code" -d username=alice -d password=no -d do=sign-in "$page")" 403
has "says no more than that" 'User name or password is wrong' "$dir/page"
check "an unknown name" "$(press -d "user_code=$code" -d username=nobody -d password=no -d do=sign-in "$page")" 403
has "reads the same" 'User name or password is wrong' "$dir/page"
check "no token, no sign-in" "$(browse -d "user_code=$code" -d username=alice -d password=alice -d do=sign-in "$page")" 400

check "the page again" "$(browse "$page?user_code=$code")" 200
check "alice signs in" "$(press -d "user_code=$code" -d username=alice -d password=alice -d do=sign-in "$page")" 303
check "and comes back" "$(location)" "/consent/openid/device-authorization?user_code=$code"
check "she sees the question" "$(browse "$page?user_code=$code")" 200
has "which client" '<b>linux-login</b>' "$dir/page"
has "which scopes" '<code>profile</code>' "$dir/page"
has "which code" "<code>$code</code>" "$dir/page"
cp "$dir/page" "$dir/question"

check "without the token nothing is approved" "$(browse -d "user_code=$code" -d do=approve "$page")" 400
check "nor with it but no cookie" "$(curl -sS --cacert "$ca" -o /dev/null -w '%{http_code}' \
	-d "csrf=$(cp "$dir/question" "$dir/page" && csrf)" -d "user_code=$code" -d do=approve "$page")" 400
check "it is undecided" "$(poll | field error)" authorization_pending
cp "$dir/question" "$dir/page"
check "she approves" "$(press -d "user_code=$code" -d do=approve "$page")" 200
has "a page says so" '<h1>Approved</h1>' "$dir/page"
check "the login goes through" "$(poll | grep -c access_token)" 1

device
check "a code typed by hand" "$(browse "$page")" 200
has "into a labelled field" '<label for="user_code">' "$dir/page"
check "lower case is another code" "$(browse "$page?user_code=$(echo "$code" | tr '[:upper:]' '[:lower:]')")" 404
check "the right one" "$(browse "$page?user_code=$code")" 200
check "she denies" "$(press -d "user_code=$code" -d do=deny "$page")" 200
has "a page says that" '<h1>Denied</h1>' "$dir/page"
check "the login fails" "$(poll | field error)" server_error
check "markup is text" "$(browse "$page?user_code=%22%3E%3Cscript%3E")" 404
has "it is escaped" 'value="&quot;&gt;&lt;script&gt;"' "$dir/page"
check "she signs out" "$(browse "$page" >/dev/null && press -d user_code= -d do=sign-out "$page")" 303
check "and is nobody" "$(browse "$page" >/dev/null && grep -c '<h1>Sign in</h1>' "$dir/page")" 1
check "no browser breaks a rule" "$(ctl journal | grep -o '"violations":\["[^]]*' | grep -vc early_poll)" 0
check "no password is in the journal" "$(ctl journal | grep -c '"password":"alice"')" 0

# authorization code, as the guide's Jellyseerr asks
back=https://jellyseerr.example.com/login/oidc/callback/authelia
q="response_type=code&client_id=jellyseerr&redirect_uri=$back&scope=openid+profile+email+groups&state=state-of-12"
check "the authorization endpoint" "$(browse "$issuer/api/oidc/authorization?$q")" 302
flow=$(location | sed 's/.*flow_id=//')
check "sends to the page" "$(browse "$issuer$(location)")" 200
decision=$issuer/consent/openid/decision
check "bob signs in" "$(press -d "flow_id=$flow" -d username=bob -d password=bob -d do=sign-in "$decision")" 303
check "sees who asks" "$(browse "$decision?flow_id=$flow")" 200
has "and where he goes" '<b>jellyseerr.example.com</b>' "$dir/page"
check "approves" "$(press -d "flow_id=$flow" -d do=approve "$decision")" 303
has "goes back, parameters sorted" "^Location: $back?code=authelia_ac_[^&]*&iss=https%3A%2F%2F127.0.0.1%3A[0-9]*&scope=openid+profile+email+groups&state=state-of-12" "$dir/head"
redeem() {
	curl -sS --cacert "$ca" -d grant_type=authorization_code -d "code=$1" -d "redirect_uri=$back" -d client_id=jellyseerr \
		-d client_secret=insecure_secret "$issuer/api/oidc/token"
}
code=$(location | sed 's/.*[?&]code=\([^&]*\).*/\1/')
check "the code is good" "$(redeem "$code" | grep -c id_token)" 1
check "once" "$(redeem "$code" | field error)" invalid_grant
check "an unknown client stays here" "$(browse "$issuer/api/oidc/authorization?client_id=x")" 302
has "on the completion page" "^Location: $issuer/consent/completion?error=invalid_client" "$dir/head"
check "which can be read" "$(browse "$(location)")" 200

# the same without a browser
where=$(ctl authorize "$issuer/api/oidc/authorization?$q" alice | field location | sed 's|\\/|/|g')
check "ctl authorize" "$(redeem "$(echo "$where" | sed 's/.*[?&]code=\([^&]*\).*/\1/')" | grep -c id_token)" 1
has "ctl authorize denies" 'error=access_denied' /dev/stdin <<EOF
$(ctl authorize "$issuer/api/oidc/authorization?$q" alice deny)
EOF
kill "$pid"
wait "$pid"
check "a clean end" $? 0
pid=
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
