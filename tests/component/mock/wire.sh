#!/bin/sh
# timeout: 180
# What curl and openssl, which are not ours, see of each fault of the wire and of TLS, beside the same answer without it.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
command -v openssl >/dev/null || {
	echo "SKIP: openssl is not installed"
	exit 77
}

# ask CURL-ARG...: body to $dir/body, head to $dir/head; prints curl's exit status and the HTTP status
ask() {
	curl -sS -m 1.5 --cacert "$ca" -D "$dir/head" -o "$dir/body" -w '%{http_code}' "$@" "$issuer/jwks.json" \
		>"$dir/code" 2>"$dir/err"
	echo "$? $(cat "$dir/code")"
}
# rule EP MEMBER: the only rule from now on
rule() {
	printf '{"rules":[{"match":{"ep":"%s"},%s}]}' "$1" "$2" >"$dir/s.json"
	ctl load "$dir/s.json" >"$dir/loaded" || check "load $2" "$(cat "$dir/loaded")" ok
}
# like WHAT GOT PATTERN|PATTERN...: case patterns, since releases of curl differ
like() {
	fits "$2" "$3" || check "$1" "$2" "$3"
}
fits() (
	IFS='|'
	for pattern in $2; do
		# shellcheck disable=SC2254 # it is a pattern
		case $1 in $pattern) exit 0 ;; esac
	done
	exit 1
)
# answer FAULTS WANTED [CURL-ARG...]: of an answer
answer() {
	faults=$1 wanted=$2
	shift 2
	rule jwks "\"wire\":$faults"
	like "$faults" "$(ask "$@")" "$wanted"
}
# meets FAULTS WANTED: of a fresh connection
meets() {
	rule connect "\"wire\":$1"
	like "connect $1" "$(ask)" "$2"
}
whole() { cmp -s "$dir/body" "$dir/good" || check "$1: the body" "$(head -c 200 "$dir/body")" "the whole one"; }
bytes() { wc -c <"$1" | tr -d ' '; }
tls() {
	name=$1 wanted=$2
	shift 2
	rule connect "\"tls\":{$name}"
	like "tls $name" "$(ask "$@")" "$wanted"
}
# peer SECLEVEL ARG...: what openssl s_client says about the certificate, for 127.0.0.1
peer() {
	level=$1
	shift
	echo | timeout 5 openssl s_client -connect "$host" -CAfile "$ca" -verify_ip 127.0.0.1 -verify_return_error \
		-cipher "DEFAULT@SECLEVEL=$level" "$@" 2>&1 | sed -n 's/^ *\(Verify return code\): \([0-9]*\).*/\2/p;s/^verify error:num=\([0-9]*\).*/\1/p' | tail -n 1
}
cert() {
	rule connect "\"tls\":{\"cert\":\"$1\"}"
	like "curl and $1" "$(ask)" "$2"
	check "openssl and $1" "$(peer 2)" "$3"
}

serve --seed 1
check "without a fault" "$(ask)" "0 200"
cp "$dir/body" "$dir/good"
size=$(bytes "$dir/good")
head=$(bytes "$dir/head")

# pace
answer '[]' '0 200' && whole none
rule jwks '"wire":[["delay",400]]'
like "a delay" "$(curl -sS --cacert "$ca" -o "$dir/body" -w '%{time_total}' "$issuer/jwks.json")" '0.[4-9]*'
whole delay
answer '[["delay",5000]]' '28 000'
answer '[["drip",300,20]]' '0 200' && whole drip
answer '[["drip",1,500]]' '28 000'

# ends
answer '[["cut",0]]' '52 000'
answer '["drop"]' '52 000'
answer '["hang"]' '28 000'
answer "[[\"cut\",$((head + 100))]]" '18 200'
check "a cut body" "$(bytes "$dir/body")" 100
answer "[[\"cut\",$((head + 100))],\"no-close-notify\"]" '18 200|56 200'
answer '[["cut",100000]]' '0 200' && whole "a late cut"
answer '[["reset",0]]' '56 000'
answer "[[\"reset\",$((head + 100))]]" '56 200'
check "a reset body" "$(bytes "$dir/body")" 100
answer '["close"]' '0 200' && whole close
has "close is said" '^Connection: close' "$dir/head"
rule jwks '"wire":["close"]'
check "a connection for each" "$(curl -sS --cacert "$ca" -o /dev/null -o /dev/null -w '%{num_connects}' \
	"$issuer/jwks.json" "$issuer/jwks.json")" 11
rule jwks '"wire":[]'
check "one connection for both" "$(curl -sS --cacert "$ca" -o /dev/null -o /dev/null -w '%{num_connects}' \
	"$issuer/jwks.json" "$issuer/jwks.json")" 10
# what curl makes of it differs; s_client says it plainly
quiet() { (printf 'GET /jwks.json HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host"; sleep 1) |
	timeout 5 openssl s_client -quiet -CAfile "$ca" -connect "$host" 2>&1 >/dev/null | grep -c 'unexpected eof'; }
check "an end with close_notify" "$(quiet)" 0
rule jwks '"wire":["no-close-notify"]'
check "an end without" "$(quiet)" 1

# lengths and chunks
answer '[["length","+10"]]' '18 200'
answer '[["length","-5"]]' '0 200'
check "a short length" "$(bytes "$dir/body")" $((size - 5))
answer '[["length","none"]]' '0 200' && whole "no length"
answer '[["length"," -5"]]' '8 200'
answer '[["length","abc"]]' '8 200'
answer '[["length-twice","5"]]' '0 200|8 200'
check "two lengths" "$(grep -c '^Content-Length' "$dir/head")" 2
answer '["chunked"]' '0 200' && whole chunked
answer '[["chunk-size","ZZ"]]' '56 200'
answer '[["chunk-size","ffffffffffffffff1"]]' '56 200'
answer '[["chunk-size","5"]]' '56 200'
answer '["no-last-chunk"]' '18 200' && whole "no last chunk"

# heads
answer '["endless-headers"]' '56 *'
answer '["endless-103"]' '56 *|100 *'
rule jwks '"wire":["endless-body"]'
like "64 MiB at most" "$(curl -sS -m 30 --cacert "$ca" -o /dev/null -w '%{size_download}' "$issuer/jwks.json" 2>/dev/null)" '6[67]??????'
answer '[["big-header",204800]]' '27 *|56 *|100 *'
answer '[["big-header",50000]]' '0 200' && whole "a big header"
check "its size" "$(sed -n 's/^X-Big: *//p' "$dir/head" | tr -d '\r\n' | wc -c | tr -d ' ')" 50000
answer '[["status-line","HTTP/1.1 099 Odd"]]' '1 *|8 000'
answer '[["status-line","HTTP/1.1 600 Odd"]]' '0 600' && whole "a status of 600"
answer '[["status-line","NONSENSE"]]' '1 *|8 000'
answer '[["status-line","hex:485454502f312e312032303000204f4b"]]' '8 *'
answer '[["header-raw","X-Odd: 1"],["header-raw"," folded"]]' '0 200|8 200'
has "a raw line" '^X-Odd: 1' "$dir/head"
answer '[["header-raw","hex:413a2000"]]' '8 200'

# behind the answer
answer '[["extra","HTTP/1.1 200 OK\r\n\r\n"]]' '0 200' && whole extra
rule jwks '"wire":[["extra","HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nPWNED"]]'
check "extra bytes come" "$( (printf 'GET /jwks.json HTTP/1.1\r\nHost: %s\r\n\r\n' "$host"; sleep 1) |
	timeout 5 openssl s_client -quiet -CAfile "$ca" -connect "$host" 2>/dev/null | tail -c 5)" PWNED

# encodings
answer '[["encoding","gzip"]]' '0 200'
check "gzip unasked" "$(gzip -dc <"$dir/body" | cmp - "$dir/good" && echo same)" same
has "it says so" '^Content-Encoding: gzip' "$dir/head"
if curl --version | grep -q brotli; then
	answer '[["encoding","br"]]' '0 200' --compressed && whole brotli
fi
answer '["gzip-bomb"]' '0 200'
[ "$(bytes "$dir/body")" -lt 262144 ] || check "the bomb's size" "$(bytes "$dir/body")" "less than 262144"
check "what it becomes" "$(gzip -dc <"$dir/body" | wc -c | tr -d ' ')" 268435456

# what a connection meets
meets '[["delay",400]]' '0 200' && whole "a late handshake"
meets '[["reset",0]]' '7 000|35 000|56 000'
meets '["drop"]' '35 000|56 000'
meets '["stall"]' '28 000'
meets '["silent"]' '28 000'
meets '[["plain","HTTP/1.1 400 Bad Request\r\n\r\n"]]' '35 000'
check "in plain text" "$(curl -s -m 2 -o /dev/null -w '%{http_code}' "http://$host/")" 400
meets '[["garbage",500]]' '35 000'
meets '[["records",20]]' '28 000'
meets '[["records",2000]]' '56 000|35 000|28 000'
meets '[["early","HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nPWNED"]]' '0 200|8 *|1 *|56 *'
check "early bytes come unasked" "$(sleep 1 | timeout 5 openssl s_client -quiet -CAfile "$ca" -connect "$host" 2>/dev/null |
	tail -c 5)" PWNED

# certificates: what curl says, and openssl's X509_V_ERR_...
cert good '0 200' 0
cert chain '0 200' 0
cert expired '60 000' 10
cert not-yet '60 000' 9
cert wrong-name '60 000' 64
# without any subjectAltName, curl looks at the subject
cert cn-only '0 200|60 000' 64
cert star '60 000' 64
cert no-ip '60 000' 64
cert client-eku '60 000' 26
cert self-signed '60 000' 18
cert other-ca '60 000' 20
cert no-intermediate '60 000' 20
rule connect '"tls":{"cert":"weak"}'
check "openssl and weak" "$(peer 2)" 66
check "openssl that does not mind" "$(peer 0)" 0

# versions and ALPN
old='--tlsv1.0 --ciphers DEFAULT@SECLEVEL=0'
tls '"max":"1.2"' '0 200'
tls '"min":"1.3"' '0 200'
tls '"min":"1.3"' '35 000' --tls-max 1.2
tls '"max":"1.1"' '35 000'
# shellcheck disable=SC2086 # the words are arguments
if [ "$(timeout 5 openssl ciphers -s -tls1_1 DEFAULT@SECLEVEL=0 2>/dev/null)" != '' ]; then
	tls '"max":"1.1"' '0 200' --tls-max 1.1 $old
	tls '"max":"1.0"' '0 200' --tls-max 1.1 $old
fi
rule connect '"tls":{"alpn":"h2"}'
has_h2() { echo | timeout 5 openssl s_client -connect "$host" -alpn "$1" 2>/dev/null | grep -c 'ALPN protocol: h2'; }
check "h2 where it is offered" "$(has_h2 h2,http/1.1)" 1
ctl unload >/dev/null
check "not without the fault" "$(has_h2 h2,http/1.1)" 0

# the second origin, and where nobody may ever go
check "the second origin" "$(curl -sS --cacert "$ca" -o "$dir/body" -w '%{http_code}' "$origin2/jwks.json")" 200
whole "the second origin"
check "with the issuer's Host" "$(curl -sS --cacert "$ca" -o /dev/null -w '%{http_code}' -H "Host: $host" "$origin2/jwks.json")" 400
check "nobody was there" "$(ctl expect never evil)" '{"ok":true}'
check "plain" "$(curl -sS -o /dev/null -w '%{http_code}' "$evil_http/x?y=z")" 200
check "with TLS" "$(curl -sS --cacert "$ca" -o /dev/null -w '%{http_code}' "$evil_https/jwks.json")" 200
check "as a proxy" "$(curl -sS -o /dev/null -w '%{http_code}' -x "$evil_http" http://idp.example/a 2>/dev/null)" 200
curl -sS -m 2 -o /dev/null -x "$evil_http" https://idp.example/a 2>/dev/null
# somebody who does not even trust it has been there
ctl reset >/dev/null
curl -sS -o /dev/null "$evil_https/" 2>/dev/null
ctl expect never evil >"$dir/said" && check "a refused handshake counts" no yes
ctl journal >"$dir/journal"
has "in the journal" '"listener":"evil_https"' "$dir/journal"
unserve

[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
