#!/bin/sh
# The control socket and what goes with it, from outside: the journal and its file, expectations, time, lost requests.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"

# start OPTION...: a fresh server; sets issuer, pid
start() {
	: >"$dir/ready"
	"$mock" --state "$dir/state" "$@" >"$dir/ready" 2>"$dir/err" &
	pid=$!
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready")
	[ -n "$issuer" ] || {
		echo "FAIL: no ready line: $(cat "$dir/ready" "$dir/err")"
		exit 1
	}
}
ctl() { "$mock" ctl "$dir/state/control.sock" "$@"; }
# ask ARG...: prints the status, "000" when there was no answer
ask() { curl -sS --cacert "$dir/state/ca.pem" -o "$dir/body" -w '%{http_code}' "$@" 2>/dev/null; }
# said COMMAND...: what ctl prints, and its exit status
said() {
	out=$(ctl "$@")
	echo "$out $?"
}
# yes EXPECTATION..., no WHY EXPECTATION...: what ctl says, and its exit status
yes() { check "expect $*" "$(said expect "$@")" '{"ok":true} 0'; }
no() {
	why=$1
	shift
	check "expect $*" "$(said expect "$@")" "{\"ok\":false,\"error\":\"$why\"} 1"
}

start --journal "$dir/journal"
has "the keys say what they are" '"test_keys":true' "$dir/ready"
check "an empty journal is nothing" "$(said journal)" ' 0'
yes never any
check jwks "$(ask -A rp/1 "$issuer/jwks.json")" 200
check device "$(ask -A rp/1 -H 'X-Secret: hush1' -d client_id=linux-post -d client_secret=hush2 -d 'scope=openid profile' \
	"$issuer/api/oidc/device-authorization?code=hush3")" 401
check token "$(ask -A rp/1 -u linux-basic:hush4 -d grant_type=x -d device_code=hush5 "$issuer/api/oidc/token")" 400
ctl journal >"$dir/shown"
check "a line for each request" "$(wc -l <"$dir/shown")" 3
check "which begin with seq and us" "$(grep -c '^{"seq":[1-3],"us":[0-9]*,"conn":[1-3],.*}$' "$dir/shown")" 3
check "no secret is in them" "$(grep -c hush "$dir/shown")" 0
has "what the handshake came to" '"tls":{"version":"TLSv1.[23]","alpn":"http/1.1"}' "$dir/shown"
check "each was answered after it came" "$(sed 's/.*"us":\([0-9]*\),.*"answered_us":\([0-9]*\)}$/\1 \2/' "$dir/shown" | awk '$2 >= $1' | wc -l)" 3
has "the endpoint's word" '"ep":"device","method":"POST","target":"/api/oidc/device-authorization?code=present"' "$dir/shown"
ctl journal raw >"$dir/raw"
check "raw hides nothing" "$(grep -o -e '\["X-Secret","hush1"\]' -e 'client_secret=hush2' -e '?code=hush3' \
	-e '\["Authorization","Basic [A-Za-z0-9=]*"\]' -e '\["device_code","hush5"\]' "$dir/raw" | wc -l)" 5
sed 's/,"answered_us":[0-9]*}$/}/' "$dir/shown" | cmp - "$dir/journal" || check "the file has the same lines" no yes
check "for its owner alone" "$(find "$dir/journal" -perm 0600 | wc -l)" 1

yes count any 3
yes count token 1
yes at-least any 2
yes at-most any 3
yes order jwks device token
yes header device user-agent rp/1
yes no-header any cookie
yes param device scope openid profile
yes no-param token client_secret
yes never evil
yes violation client_auth
no 'token: 1 request, expected 2' count token 2
no 'any: 3 requests, expected at most 2' at-most any 2
no 'no request to jwks behind seq 3 (token), expected it as number 2' order token jwks
no 'jwks: seq 1 is one, expected none' never jwks
no 'tokens is no endpoint' count tokens 1
no 'count wants EP N' count tokens
has "clean names the first violation" 'seq 2: violation parameter_in_query:code' /dev/stdin <<HERE
$(ctl expect clean)
HERE

ctl reset >/dev/null
evil=$(field evil_http <"$dir/ready")
check "somebody goes where nobody may" "$(ask "$evil/jwks")" 200
yes at-least evil 1
yes never any
yes violation evil
no 'evil: seq 1 is one, expected none' never evil
has "the journal has it" '"listener":"evil_http",.*"target":"/jwks"' /dev/stdin <<HERE
$(ctl journal)
HERE

ctl reset >/dev/null
check "polls" "$(ask "$issuer/jwks.json") $(sleep 0.3) $(ask "$issuer/jwks.json")" '200  200'
yes gap jwks 300
has "the pause is measured" 'jwks: [0-9]*\.[0-9]* ms before seq 2, expected 30000 or more' /dev/stdin <<HERE
$(ctl expect gap jwks 30000)
HERE

ctl drop-next 2 >/dev/null
check "two requests get no answer" "$(ask "$issuer/jwks.json") $(ask "$issuer/jwks.json") $(ask "$issuer/jwks.json")" '000 000 200'
check "which the journal says" "$(ctl journal | grep -c '"rule":"drop-next","status":0')" 2

ctl clock +86400 >"$dir/moved"
has "the clock moves" '"ok":true,"moved":86400,"now":' "$dir/moved"
tomorrow=$(curl -sSI -X GET --cacert "$dir/state/ca.pem" "$issuer/jwks.json" | sed -n 's/^[Dd]ate: //p' | tr -d '\r')
ahead=$(($(date -d "$tomorrow" +%s) - $(date +%s)))
[ $ahead -ge 86390 ] && [ $ahead -le 86410 ] || check "by a day" "$ahead" 86400

kid() { curl -sS --cacert "$dir/state/ca.pem" "$issuer/jwks.json" | grep -o '"kid":"[^"]*-rs256"'; }
before=$(kid)
ctl rotate >"$dir/rotated"
check "rotated keys have another kid" "$(kid | grep -c -x -F "$before")$(grep -c -F "$(kid)" "$dir/rotated")" 01

check "help lists commands" "$(ctl help | grep -c -e '^approve ' -e '^expect gap ' -e '^quit ')" 3
check "an unknown command" "$(said frobnicate)" '{"ok":false,"error":"unknown command frobnicate; help lists them"} 1'
ctl quit >/dev/null
wait "$pid"
check "quit ends it" $? 0
pid=
check "the end sums up" "$(sed -n '2s/"ms":[0-9]*}/"ms":N}/p' "$dir/ready")" \
	'{"summary":true,"requests":12,"logins":0,"violations":6,"evil":2,"ms":N}'
check "and complains of nothing" "$(cat "$dir/err")" ''

start --journal "$dir/journal" --journal-raw
check "one more" "$(ask -d password=hush6 "$issuer/jwks.json")" 405
check "goes behind the others, raw" "$(sed -n '$s/.*\(hush6\).*/\1/p' "$dir/journal") $(grep -c '"seq":1,' "$dir/journal")" 'hush6 4'
kill -INT "$pid"
wait "$pid"
check "SIGINT ends it" $? 0
pid=
has "and it sums up" '^{"summary":true,"requests":1,' "$dir/ready"
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
