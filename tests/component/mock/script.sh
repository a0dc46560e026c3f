#!/bin/sh
# Rules at work, as curl sees them; and scripts that cannot be understood, which stop the provider before it begins.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
# http ARG...: head to $dir/head, body to $dir/body; prints the status
http() { curl -sS --cacert "$ca" -D "$dir/head" -o "$dir/body" -w '%{http_code}' "$@"; }
body() { cat "$dir/body"; }
# header NAME: its values, a line each
header() { tr -d '\r' <"$dir/head" | sed -n "s/^$1: //p"; }
device() {
	check "device authorization" "$(http -d client_id=linux-login -d 'scope=openid profile groups' \
		-d nonce=a-nonce-of-16-ch "$issuer/api/oidc/device-authorization")" 200
	device_code=$(body | field device_code)
}
# token: one poll; prints "status error"
token() {
	printf '%s %s' "$(http -d client_id=linux-login -d grant_type=urn:ietf:params:oauth:grant-type:device_code \
		-d "device_code=$device_code" "$issuer/api/oidc/token")" "$(body | field error)"
}
payload() { body | field id_token | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null; }

cat >"$dir/s.json" <<'JSON'
{
  "options": { "interval": 1, "auto": "alice" },
  "rules": [
    { "name": "slow", "match": { "ep": "token", "nth": 1 }, "reply": { "error": "slow_down" } },
    { "match": { "ep": "token", "nth": "2-", "client": "linux-login", "grant": "device_code" },
      "token": { "claims": { "set": { "iss": "${issuer}/", "x": "${now+60}" } } },
      "reply": { "status": 203, "set": { "token_type": "mac", "/x/y": "${user}" }, "drop": ["scope"] } },
    { "match": { "ep": "discovery" }, "reply": {
      "set": { "token_endpoint": "https://${host}/t", "jwks_uri": null }, "drop": ["userinfo_endpoint"],
      "headers": { "Set-Cookie": ["a=1", "b=2"], "Pragma": null, "Cache-Control": "max-age=60" } } },
    { "match": { "ep": "jwks", "nth": "odd" }, "reply": { "raw": "HTTP/1.1 299 Odd\r\nX-Raw: yes\r\n\r\nraw ${host}" } },
    { "match": { "ep": "page", "method": "GET" }, "reply": { "file": "page.html", "type": "text/html" } },
    { "match": { "ep": "userinfo" }, "do": ["remove-user alice"] },
    { "match": { "ep": "authorization" }, "redirect": { "set": { "state": "another" }, "append": [["code", "a&b"]], "drop": ["iss"] } }
  ]
}
JSON
echo '<p>a page</p>' >"$dir/page.html"
serve --script "$dir/s.json"

check discovery "$(http "$issuer/.well-known/openid-configuration")" 200
has "a member is set" "\"token_endpoint\":\"https://${issuer#https://}/t\"" "$dir/body"
has "to null" '"jwks_uri":null' "$dir/body"
check "a member is dropped" "$(grep -c userinfo_endpoint "$dir/body")" 0
check "a header stands there twice" "$(header Set-Cookie | tr '\n' ' ')" 'a=1 b=2 '
check "a header is dropped" "$(header Pragma)" ''
check "a header is replaced" "$(header Cache-Control)" 'max-age=60'
check "the others stay" "$(header X-Frame-Options)" DENY

check "a whole answer" "$(http "$issuer/jwks.json")" 299
check "its header" "$(header X-Raw)" yes
check "its body" "$(body)" "raw ${issuer#https://}"
check "the next one is the provider's" "$(http "$issuer/jwks.json")" 200
has "with its keys" '"keys":\[' "$dir/body"
check "every other" "$(http "$issuer/jwks.json")" 299

check "a file" "$(http "$issuer/consent/completion") $(body)" '200 <p>a page</p>'
check "has its type" "$(header Content-Type)" text/html

device
sleep 1
check "the first poll" "$(token)" '400 slow_down'
sleep 1
check "the second" "$(token)" '203 '
has "a member is set" '"token_type":"mac"' "$dir/body"
has "by a pointer" '"x":{"y":"alice"}' "$dir/body"
check "a member is dropped" "$(grep -c '"scope"' "$dir/body")" 0
payload >"$dir/claims"
has "a claim is changed" "\"iss\":\"$issuer/\"" "$dir/claims"
has "a moment is a number" '"x":[0-9][0-9]*[,}]' "$dir/claims"
access=$(body | field access_token)
check userinfo "$(http -H "Authorization: Bearer $access" "$issuer/api/oidc/userinfo")" 200
check "a command ran before the answer" "$(grep -c preferred_username "$dir/body")" 0

check authorization "$(http -G -d client_id=linux-login -d response_type=code -d state=12345678 \
	--data-urlencode redirect_uri=http://127.0.0.1:1/callback -d code_challenge_method=S256 \
	-d code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM "$issuer/api/oidc/authorization")" 303
case $(header Location) in
"http://127.0.0.1:1/callback?code=authelia_ac_"*"&state=another&code=a%26b") ;;
*) check "the way back" "$(header Location)" changed ;;
esac
case $(header Location) in *iss=*) check "iss is dropped" "$(header Location)" '' ;; esac

# over the control socket
cat >"$dir/t.json" <<'JSON'
{ "rules": [ { "name": "gone", "match": { "ep": "jwks" }, "reply": { "text": "gone", "status": 410 } } ] }
JSON
mock=$(cd "$(dirname "$mock")" && pwd)/latchkey-mock-idp
check "append, from where its caller stands" "$(cd "$dir" && ctl append t.json)" '{"ok":true,"rules":8}'
check "it stands behind the others" "$(http "$issuer/jwks.json")" 410
check "which still count" "$(http "$issuer/jwks.json")" 299
check load "$(ctl load "$dir/t.json")" '{"ok":true,"rules":1}'
check "the others are gone" "$(http "$issuer/jwks.json") $(http "$issuer/jwks.json")" '410 410'
ctl journal >"$dir/journal"
has "the journal names the rule" '"rule":"gone"' "$dir/journal"
check unload "$(ctl unload)" '{"ok":true,"rules":0}'
check "all is as without" "$(http "$issuer/jwks.json")" 200
check scenario "$(ctl scenario dev.int.real-whole)" '{"ok":true,"rules":1}'
device
has "it announces what the scenario says" '"interval":5\.0' "$dir/body"
check "alice approves" "$(token)" '200 '
ctl load /nonexistent >"$dir/answer"
has "a script that is not there" 'No such file' "$dir/answer"
unserve

# connections, and what a rule does to the bytes of an answer
cat >"$dir/c.json" <<'JSON'
{ "rules": [
  { "match": { "ep": "connect", "nth": 2 }, "wire": ["drop"] },
  { "match": { "ep": "connect", "nth": 3 }, "tls": { "cert": "expired" } },
  { "match": { "ep": "jwks" }, "wire": [["cut", 500]] },
  { "match": { "ep": "token" }, "token": { "alg": "none" } }
] }
JSON
serve --script "$dir/c.json" --auto alice --interval 1
check "the first connection" "$(http "$issuer/.well-known/openid-configuration")" 200
curl -sS --cacert "$ca" -o /dev/null "$issuer/.well-known/openid-configuration" 2>/dev/null
check "the second is dropped" "$?" 35
curl -sS --cacert "$ca" -o /dev/null "$issuer/.well-known/openid-configuration" 2>"$dir/err"
check "the third has an old certificate" "$?" 60
has "and curl says so" expired "$dir/err"
curl -sS --cacert "$ca" -o /dev/null "$issuer/jwks.json" 2>/dev/null
check "an answer is cut" "$?" 18
device
sleep 1
check "a token of another algorithm" "$(token)" '200 '
body | field id_token | cut -d. -f1 | tr '_-' '/+' | base64 -d 2>/dev/null >"$dir/tokenhead"
has "says so" '"alg":"none"' "$dir/tokenhead"
unserve

# bad WHAT DOCUMENT COMPLAINT: no ready line, status 1, and the place
bad() {
	printf '%s\n' "$2" >"$dir/bad.json"
	"$mock" --script "$dir/bad.json" >"$dir/out" 2>"$dir/err"
	check "$1: status" "$?" 1
	check "$1: nothing is ready" "$(cat "$dir/out")" ''
	has "$1" "bad.json: $3" "$dir/err"
}
bad "no JSON" '{"rules":[}' 'line 1, column 11: '
bad "an unknown member" '{"rules":[{"match":{"ep":"token"},"replay":{}}]}' 'rules\[0\].replay: unknown member'
bad "an unknown endpoint" '{"rules":[{"match":{"ep":"tokn"}}]}' 'rules\[0\].match.ep: unknown endpoint tokn'
bad "a wrong nth" '{"rules":[{"match":{"ep":"token","nth":"x"}}]}' 'rules\[0\].match.nth: must be'
bad "an unknown placeholder" '{"rules":[{"match":{"ep":"any"},"reply":{"text":"${isuer}"}}]}' \
	'rules\[0\].reply.text: unknown placeholder ${isuer}'
bad "an unknown option" '{"options":{"port":1}}' 'options.port: unknown option'
bad "an unknown fault" '{"rules":[{"match":{"ep":"any"},"wire":["dripp"]}]}' 'rules\[0\].wire\[0\]: unknown fault dripp'
bad "an unknown command" '{"rules":[{"match":{"ep":"any"},"do":["aprove last"]}]}' 'rules\[0\].do\[0\]: unknown command'

"$mock" --list >"$dir/list"
check "the list" "$?" 0
has "has its columns" '^dev.ok  *OK  *[a-z]' "$dir/list"
"$mock" --list --json >"$dir/list"
has "and is JSON too" '"id": "dev.ok"' "$dir/list"
"$mock" --scenario none >"$dir/out" 2>"$dir/err"
check "an unknown scenario" "$? $(cat "$dir/out")" '1 '

[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
