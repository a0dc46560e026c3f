#!/bin/sh
# ID tokens of every algorithm, verified by openssl's command line with the key from the JWKS.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
command -v openssl >/dev/null || {
	echo "SKIP: openssl is not installed"
	exit 77
}

# b64 TEXT: base64url to octets
b64() {
	pad=$((${#1} % 4))
	printf '%s%s' "$1" "$([ $pad -eq 0 ] || printf '%.*s' $((4 - pad)) ===)" | tr '_-' '/+' | base64 -d
}
# unhex TEXT: hex digits to octets
unhex() {
	# shellcheck disable=SC2059 # octal escapes are the format
	printf "$(echo "$1" | awk '{ for (i = 1; i < length($0); i += 2) {
		h = index("0123456789abcdef", substr($0, i, 1)) - 1
		l = index("0123456789abcdef", substr($0, i + 1, 1)) - 1
		printf "\\%03o", h * 16 + l } }')"
}
hex() { od -An -v -tx1 | tr -d ' \n'; }
# spki JWK: the public key as openssl takes it; the octets before a key's numbers are always the same
spki() {
	case $1 in
	*'"kty":"RSA"'*)
		unhex 30820122300d06092a864886f70d01010105000382010f003082010a0282010100
		b64 "$(echo "$1" | field n)"
		unhex 0203
		b64 "$(echo "$1" | field e)"
		;;
	*'"crv":"P-256"'*) unhex 3059301306072a8648ce3d020106082a8648ce3d03010703420004 ;;
	*'"crv":"P-384"'*) unhex 3076301006072a8648ce3d020106052b8104002203620004 ;;
	*'"crv":"P-521"'*) unhex 30819b301006072a8648ce3d020106052b810400230381860004 ;;
	*'"crv":"Ed25519"'*) unhex 302a300506032b6570032100 ;;
	esac
	case $1 in
	*'"kty":"EC"'* | *'"kty":"OKP"'*) b64 "$(echo "$1" | field x)" ;;
	esac
	case $1 in
	*'"kty":"EC"'*) b64 "$(echo "$1" | field y)" ;;
	esac
}
# der FILE: R and S side by side to ASN.1
der() {
	half=$(($(wc -c <"$1") / 2))
	cat >"$dir/conf" <<EOT
asn1=SEQUENCE:sig
[sig]
r=INTEGER:0x$(head -c $half "$1" | hex)
s=INTEGER:0x$(tail -c $half "$1" | hex)
EOT
	openssl asn1parse -genconf "$dir/conf" -noout -out "$1"
}
# verified ALG: of $dir/input, $dir/sig and $dir/key
verified() {
	case $1 in
	PS*) pss="-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:$((${1#PS} / 8))" ;;
	ES*) pss='' && der "$dir/sig" ;;
	*) pss='' ;;
	esac
	# shellcheck disable=SC2086 # the words are arguments
	case $1 in
	EdDSA) openssl pkeyutl -verify -pubin -inkey "$dir/key" -rawin -in "$dir/input" -sigfile "$dir/sig" ;;
	*) openssl dgst "-sha${1#?S}" $pss -verify "$dir/key" -signature "$dir/sig" "$dir/input" ;;
	esac >"$dir/said" 2>&1
}

for alg in RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA; do
	: >"$dir/ready"
	"$mock" --state "$dir/state" --alg $alg >"$dir/ready" &
	pid=$!
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready")
	ask() { curl -sS --cacert "$dir/state/ca.pem" "$@"; }
	"$mock" ctl "$dir/state/control.sock" auto alice >/dev/null
	device=$(ask -d client_id=linux-login -d scope=openid "$issuer/api/oidc/device-authorization" | field device_code)
	token=$(ask -d client_id=linux-login -d "device_code=$device" \
		-d grant_type=urn:ietf:params:oauth:grant-type:device_code "$issuer/api/oidc/token" | field id_token)
	kid=$(b64 "${token%%.*}" | field kid)
	check "$alg: header" "$(b64 "${token%%.*}")" "{\"alg\":\"$alg\",\"kid\":\"$kid\",\"typ\":\"JWT\"}"
	jwk=$(ask "$issuer/jwks.json" | sed 's/},{/}\n{/g' | grep "\"kid\":\"$kid\"")
	check "$alg: the key says so" "$(echo "$jwk" | field alg)" $alg
	spki "$jwk" | openssl pkey -pubin -inform DER -out "$dir/key"
	printf '%s' "${token%.*}" >"$dir/input"
	b64 "${token##*.}" >"$dir/sig"
	verified $alg || check "$alg: openssl" "$(cat "$dir/said")" verified
	# the same with one bit less
	printf '%s' "${token%?.*}" >"$dir/input"
	b64 "${token##*.}" >"$dir/sig"
	verified $alg && check "$alg: another text" verified refused
	kill "$pid"
	wait "$pid"
	pid=
done
"$mock" --alg HS256 >/dev/null 2>"$dir/said"
check "no secret is the provider's" $? 2
has "and it says so" 'cannot be "HS256": must be one of RS256,' "$dir/said"
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
