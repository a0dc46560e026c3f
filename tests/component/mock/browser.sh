#!/bin/sh
# The browser: through the pages and past them, to a listener that keeps what arrives; and every oddity, byte for byte.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
listener=${top_builddir:-.}/tests/support/listener
[ -x "$listener" ] || exit 99
command -v openssl >/dev/null || {
	echo "SKIP: openssl is not installed"
	exit 77
}
lpid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; [ -z "$lpid" ] || kill "$lpid" 2>/dev/null; rm -rf "$dir"' EXIT

ctl() { "$mock" ctl "$dir/state/control.sock" "$@" >/dev/null; }
now_ms() {
	read -r up _ </proc/uptime
	echo "${up%.*}${up#*.}0"
}
# listen STATUS...: a fresh listener; sets port, url, and what it gets is $dir/got/N
listen() {
	rm -rf "$dir/got" "$dir/port"
	mkdir "$dir/got"
	"$listener" "$dir/got" "$@" >"$dir/port" &
	lpid=$!
	n=0
	until [ -s "$dir/port" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	port=$(cat "$dir/port")
	back=http://127.0.0.1:$port/callback
	url="$issuer/api/oidc/authorization?response_type=code&client_id=linux-login&redirect_uri=$back&scope=openid"
	url="$url&state=$state&code_challenge=$challenge&code_challenge_method=S256"
}
# heard: the listener has had its requests
heard() {
	wait "$lpid"
	lpid=
}
# unheard: nobody came
unheard() {
	kill "$lpid"
	wait "$lpid" 2>/dev/null
	lpid=
	check "$1: nothing arrived" "$(ls "$dir/got")" ''
}
# browse OPTION...: to $url; its lines are in $dir/told, its status in $status
browse() {
	"$mock" browser --ca "$dir/state/ca.pem" --timeout 10 "$@" "$url" >"$dir/told" 2>"$dir/err"
	status=$?
}
# line N: the Nth line of the request that arrived first, without its CR
line() { sed -n "$1p" "$dir/got/1" | tr -d '\r'; }
target() { line 1 | cut -d' ' -f2; }
param() { target | sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p"; }
header() { tr -d '\r' <"$dir/got/1" | sed -n "s/^$1: //p"; }
# the final line, and a member of it
last() { tail -n 1 "$dir/told"; }
# sends WHAT WANTED OPTION...: the request line with the code as CODE, the issuer as ISS, answered with 200
sends() {
	what=$1 wanted=$2
	shift 2
	listen 200
	browse "$@"
	heard
	check "$what" "$(line 1 | sed -e 's/authelia_ac_[A-Za-z0-9_.-]*/CODE/g' -e "s/$iss/ISS/g" -e "s/$port/PORT/")" "$wanted"
	check "$what: status" "$status" 0
}

state=State-Of-1234
verifier=$(openssl rand -base64 48 | tr '+/' '-_' | tr -d '=\n')
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '=\n')
# start_mock OPTION...: sets pid and issuer
start_mock() {
	: >"$dir/ready"
	"$mock" --state "$dir/state" "$@" >"$dir/ready" &
	pid=$!
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready")
}
start_mock
iss=$(echo "$issuer" | sed -e 's|:|%3A|g' -e 's|/|%2F|g')
redeem() {
	curl -sS --cacert "$dir/state/ca.pem" -d grant_type=authorization_code -d "code=$(param code)" -d "redirect_uri=$back" \
		-d client_id=linux-login -d "code_verifier=$verifier" "$issuer/api/oidc/token"
}

# --- through the pages

listen 200
browse
heard
check "alice signs in, approves, and lands" "$status" 0
check "with the path" "$(target | sed 's/?.*//')" /callback
check "with state" "$(param state)" "$state"
check "with iss" "$(param iss)" "$iss"
check "with a code" "$(redeem | grep -c id_token)" 1
check "as a browser's host" "$(header Host)" "127.0.0.1:$port"
check "by one request" "$(ls "$dir/got")" 1
has "the answer is told: status" '^{"ok":true,"status":200,"version":"HTTP/1.1","reason":"As-told",' "$dir/told"
has "the answer is told: headers" '\["Cache-Control","no-store"\]' "$dir/told"
has "the answer is told: page" '"body":"<p>You may close this window.</p>\\n"}$' "$dir/told"
check "each hop is told" "$(grep -c '"hop":"provider"' "$dir/told")" 5
listen 200
browse --user bob
heard
has "bob is somebody else" '&username=bob&password=bob&do=sign-in' "$dir/told"
has "and as good" '"id_token"' /dev/stdin <<END
$(redeem)
END
check "no browser breaks a rule" "$("$mock" ctl "$dir/state/control.sock" journal | grep -c '"violations":\["')" 0
listen 200
browse --deny
heard
check "who denies lands too" "$status" 0
check "with an error" "$(param error)" access_denied
check "with state" "$(param state)" "$state"
check "with iss" "$(param iss)" "$iss"
check "without a code" "$(param code)" ''
listen 200
browse --user nobody
unheard "a stranger"
check "a stranger does not pass" "$status" 1
has "he sees why" '^{"ok":false,"status":403,' "$dir/told"
url="$issuer/api/oidc/authorization?client_id=x"
browse
check "an unknown client" "$status" 1
has "ends on a page" '"url":"[^"]*/consent/completion?error=invalid_client.*"heading":"This does not work"' "$dir/told"

# --- the verification page

# device [ANSWER]: a fresh code; its page is $url
device() {
	curl -sS --cacert "$dir/state/ca.pem" -d client_id=linux-login -d scope=openid "$issuer/api/oidc/device-authorization" >"$dir/device"
	url=$(field verification_uri_complete <"$dir/device")
}
poll() {
	curl -sS --cacert "$dir/state/ca.pem" -d client_id=linux-login -d "device_code=$(field device_code <"$dir/device")" \
		-d grant_type=urn:ietf:params:oauth:grant-type:device_code "$issuer/api/oidc/token"
}
device
browse
check "a code is approved" "$status" 0
has "the page says so" '"heading":"Approved"' "$dir/told"
check "and the token endpoint" "$(poll | grep -c id_token)" 1
browse
check "a second time there is nothing to decide" "$status" 1
has "which is an error" '^{"ok":false,"status":404,' "$dir/told"
device
browse --deny
check "a code is denied" "$status" 0
has "the page says that" '"heading":"Denied"' "$dir/told"
check "the token endpoint too" "$(poll | field error)" server_error
device
url=${url%%\?*}
browse
check "without a code nothing is decided" "$status" 1
browse --user-code "$(field user_code <"$dir/device")"
check "unless it is typed" "$status" 0
check "the token endpoint agrees" "$(poll | grep -c id_token)" 1
url='https://example.com/'
browse
check "another host is refused" "$status" 2
has "with a sentence" 'not a loopback host' "$dir/err"

# --- auto: the authorization endpoint answers at once, and every oddity goes that way

ctl auto alice
sends "auto answers at once" "GET /callback?code=CODE&iss=ISS&scope=openid&state=$state HTTP/1.1"
check "in one hop" "$(grep -c '"hop":"provider"' "$dir/told")" 1
check "with a good code" "$(redeem | grep -c id_token)" 1

query="code=CODE&iss=ISS&scope=openid&state=$state"
sends "--duplicate" "GET /callback?$query&state=$state HTTP/1.1" --duplicate state
sends "--duplicate with a value" "GET /callback?$query&code=other HTTP/1.1" --duplicate code=other
sends "--prepend" "GET /callback?state=wrong&$query HTTP/1.1" --prepend state=wrong
sends "--set" "GET /callback?code=%00x&iss=ISS&scope=openid&state=wrong&session_state=z HTTP/1.1" \
	--set state=wrong --set code=%00x --set session_state=z
sends "--set without a value" "GET /callback?code&iss=ISS&scope=openid&state=$state HTTP/1.1" --set code
sends "--drop" "GET /callback?code=CODE&scope=openid&state=$state HTTP/1.1" --drop iss
sends "--case" "GET /callback?code=CODE&iss=ISS&scope=openid&state=sTATE-oF-1234 HTTP/1.1" --case state
sends "--prefix" "GET /callback?code=CODE&iss=ISS&scope=openid&state=State-Of-123 HTTP/1.1" --prefix state
sends "--rename" "GET /callback?code=CODE&iss=ISS&scope=openid&STATE=$state HTTP/1.1" --rename state=STATE
sends "--stretch" "GET /callback?code=CODE&iss=ISS&scope=openid&state=${state}${state}S HTTP/1.1" --stretch state=27
sends "--percent" "GET /callback?$query&x=%zz HTTP/1.1" --percent
sends "--method HEAD" "HEAD /callback?$query HTTP/1.1" --method HEAD
sends "--method PUT" "PUT /callback?$query HTTP/1.1" --method PUT
check "--method PUT: no body" "$(header Content-Length)" 0
sends "--method POST" "POST /callback HTTP/1.1" --method POST
check "--method POST: a form" "$(header Content-Type)" application/x-www-form-urlencoded
check "--method POST: parameters" "$(tail -n 1 "$dir/got/1" | sed -e 's/authelia_ac_[A-Za-z0-9_.-]*/CODE/' -e "s/$iss/ISS/")" "$query"
check "--method POST: length" "$(header Content-Length)" "$(tail -n 1 "$dir/got/1" | tr -d '\n' | wc -c)"
sends "--host" "GET /callback?$query HTTP/1.1" --host evil.example:80
check "--host: the header" "$(header Host)" evil.example:80
sends "--absolute-form" "GET http://127.0.0.1:PORT/callback?$query HTTP/1.1" --absolute-form
sends "--path" "GET /other?$query HTTP/1.1" --path /other
sends "--version" "GET /callback?$query HTTP/1.0" --version HTTP/1.0
sends "--fragment" "GET /callback HTTP/1.1" --fragment
listen 200
browse --long 600
heard
check "--long: bytes" "$(wc -c <"$dir/got/1")" 600
check "--long: parameters" "$(target | sed -e 's/authelia_ac_[A-Za-z0-9_.-]*/CODE/' -e "s/$iss/ISS/" -e 's/aaaa*/AAA/')" \
	"/callback?$query&pad=AAA"
listen 200
browse --long 1048576
heard
check "--long 1048576: bytes" "$(wc -c <"$dir/got/1")" 1048576
check "--long 1048576: status" "$status" 0
sends "--raw" "BREW $(printf 'pot\001')?$query" --raw 'BREW pot\x01?${query}\nHost: ${host}\r\n\r\n'
sends "combined" "POST http://127.0.0.1:PORT/x HTTP/1.0" --method POST --absolute-form --path /x --version HTTP/1.0 --drop iss \
	--duplicate state=1
check "combined: parameters" "$(tail -n 1 "$dir/got/1" | sed 's/authelia_ac_[A-Za-z0-9_.-]*/CODE/')" \
	"code=CODE&scope=openid&state=$state&state=1"

listen 200
browse --drop nonce
unheard "--drop of nothing"
check "--drop of nothing: status" "$status" 1
has "--drop of nothing: says so" 'the redirect has no parameter nonce' "$dir/told"
listen 200
browse --never
unheard "--never"
check "--never: status" "$status" 0
has "--never: where to" '^{"ok":true,"location":"http://127.0.0.1:[0-9]*/callback?code=' "$dir/told"

listen 404 404 404 404 404 404 200
browse --junk 7
heard
check "--junk: status" "$status" 0
check "--junk: the icon" "$(line 1)" 'GET /favicon.ico HTTP/1.1'
has "--junk: a query of nothing" '^GET /?x HTTP/1.1' "$dir/got/2"
has "--junk: a wrong state" '^GET /callback?code=junk&state=junk HTTP/1.1' "$dir/got/3"
check "--junk: a scan" "$(wc -c <"$dir/got/4")" 0
has "--junk: no parameter" '^GET /callback?& HTTP/1.1' "$dir/got/5"
check "--junk: TLS" "$(head -c 3 "$dir/got/6" | od -An -tx1 | tr -d ' ')" 160301
has "--junk: and then the redirect" '^GET /callback?code=authelia_ac_' "$dir/got/8"

listen 200 409 409 409 409
browse --parallel 5
heard
check "--parallel: status" "$status" 0
check "--parallel: requests" "$(cat "$dir"/got/* | grep -c '^GET /callback?code=authelia_ac_')" 5
check "--parallel: identical" "$(sort -u "$dir"/got/* | grep -c '^GET ')" 1
has "--parallel: one of them" '"answers":\[[^]]*200[^]]*\]}' "$dir/told"

listen 200
browse --idle 100
heard
check "--idle: status" "$status" 0
check "--idle: silent ones" "$(find "$dir/got" -size 0 | wc -l)" 100
check "--idle: and one that is not" "$(grep -c '^GET /callback' "$dir/got/101")" 1

listen 200
start=$(now_ms)
browse --slow 3 --drop iss
heard
took=$(($(now_ms) - start))
check "--slow: status" "$status" 0
bytes=$(wc -c <"$dir/got/1")
[ "$took" -ge $((bytes * 3)) ] || check "--slow: $bytes bytes" "$took ms" "$((bytes * 3)) ms and more"

listen 200
browse --twice
heard
check "--twice: a closed port" "$status" 0
has "--twice: says so" '"as":"again".*"answers":\["refused"\]}' "$dir/told"
listen 200 200
browse --twice
heard
check "--twice: an open port" "$status" 1
listen 405 200
browse --method POST --then-good
heard
check "--then-good: status" "$status" 0
check "--then-good: first" "$(line 1)" 'POST /callback HTTP/1.1'
has "--then-good: second" '^GET /callback?code=authelia_ac_' "$dir/got/2"
listen 405
browse --method POST
heard
check "no 200" "$status" 1
has "the answer is told" '^{"ok":false,"status":405,' "$dir/told"
listen close
browse
heard
check "no answer" "$status" 1
has "that is told" '^{"ok":false,"error":"closed"' "$dir/told"
browse
check "nobody there" "$status" 1
has "that too" '^{"ok":false,"error":"refused"' "$dir/told"

stop_mock() {
	kill "$pid"
	wait "$pid"
	check "a clean end" $? 0
	pid=
}
stop_mock

# --- another provider: other paths, and the field is called otherwise

start_mock --profile authentik
curl -sS --cacert "$dir/state/ca.pem" "${issuer%/}/.well-known/openid-configuration" >"$dir/discovery"
curl -sS --cacert "$dir/state/ca.pem" -d client_id=linux-login -d scope=openid \
	"$(field device_authorization_endpoint <"$dir/discovery")" >"$dir/device"
url=$(field verification_uri <"$dir/device")
browse --user-code "$(field user_code <"$dir/device")"
check "authentik's code is typed and approved" "$status" 0
has "authentik's page says so" '"heading":"Approved"' "$dir/told"
stop_mock
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
