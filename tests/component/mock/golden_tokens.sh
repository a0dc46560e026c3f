#!/bin/sh
# timeout: 120
# The ID tokens of the golden scenarios verify with the openssl command line, algorithm by algorithm; changed, they do not.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
command -v openssl >/dev/null || {
	echo "SKIP: openssl is not installed"
	exit 77
}

# bytes VALUE: base64url to bytes · hex VALUE: to hexadecimal digits
bytes() {
	case $((${#1} % 4)) in 2) tail='==' ;; 3) tail='=' ;; *) tail= ;; esac
	printf '%s%s' "$1" "$tail" | tr '_-' '/+' | base64 -d
}
hex() { bytes "$1" | od -An -v -tx1 | tr -d ' \n'; }

# der OUT: a structure of the configuration on stdin (asn1parse(1))
der() { openssl asn1parse -genconf /dev/stdin -noout -out "$1" >/dev/null; }

# public OUT: the key of $dir/key as SubjectPublicKeyInfo
public() {
	case $(field kty <"$dir/key"):$(field crv <"$dir/key") in
	RSA:*)
		der "$1" <<-END
			asn1=SEQUENCE:spki
			[spki]
			alg=SEQUENCE:alg
			key=BITWRAP,SEQUENCE:rsa
			[alg]
			oid=OID:rsaEncryption
			none=NULL
			[rsa]
			n=INTEGER:0x$(hex "$(field n <"$dir/key")")
			e=INTEGER:0x$(hex "$(field e <"$dir/key")")
		END
		return
		;;
	EC:P-256) oid=id-ecPublicKey more='curve=OID:prime256v1' ;;
	EC:P-384) oid=id-ecPublicKey more='curve=OID:secp384r1' ;;
	EC:P-521) oid=id-ecPublicKey more='curve=OID:secp521r1' ;;
	*) oid=ED25519 more= ;;
	esac
	[ "$oid" = ED25519 ] && point= || point=04
	der "$1" <<-END
		asn1=SEQUENCE:spki
		[spki]
		alg=SEQUENCE:alg
		key=FORMAT:HEX,BITSTR:$point$(hex "$(field x <"$dir/key")")$([ -z "$point" ] || hex "$(field y <"$dir/key")")
		[alg]
		oid=OID:$oid
		$more
	END
}

# verifies ALG TOKEN: openssl's exit status
verifies() {
	printf %s "${2%.*}" >"$dir/input"
	bytes "${2##*.}" >"$dir/sig"
	bits=${1#[RPE]S}
	case $1 in
	RS*) openssl dgst -"sha$bits" -verify "$dir/pub" -signature "$dir/sig" "$dir/input" ;;
	PS*) openssl dgst -"sha$bits" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1 -verify "$dir/pub" \
		-signature "$dir/sig" "$dir/input" ;;
	ES*)
		rs=$(hex "${2##*.}")
		half=$((${#rs} / 2))
		der "$dir/sig" <<-END
			asn1=SEQUENCE:sig
			[sig]
			r=INTEGER:0x$(printf %s "$rs" | cut -c-$half)
			s=INTEGER:0x$(printf %s "$rs" | cut -c$((half + 1))-)
		END
		openssl dgst -"sha$bits" -verify "$dir/pub" -signature "$dir/sig" "$dir/input"
		;;
	EdDSA) openssl pkeyutl -verify -pubin -keyform DER -inkey "$dir/pub" -rawin -in "$dir/input" -sigfile "$dir/sig" ;;
	esac >/dev/null 2>&1
}

# login SCENARIO: its ID token and, in $dir/key, the key
login() {
	: >"$dir/ready"
	"$mock" --scenario "$1" --seed 1 >"$dir/ready" &
	pid=$!
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready") ca=$(field ca <"$dir/ready")
	ask -d client_id=linux-login -d 'scope=openid profile groups' "$issuer/api/oidc/device-authorization"
	device=$(field device_code <"$dir/answer")
	ask -d client_id=linux-login -d "device_code=$device" -d grant_type=urn:ietf:params:oauth:grant-type:device_code \
		"$issuer/api/oidc/token"
	token=$(field id_token <"$dir/answer")
	kid=$(bytes "${token%%.*}" | field kid)
	ask "$issuer/jwks.json"
	tr '{' '\n' <"$dir/answer" | grep -F "\"kid\":\"$kid\"" >"$dir/key"
	kill "$pid"
	wait "$pid"
	pid=
}
ask() { curl -sS --cacert "$ca" -o "$dir/answer" "$@"; }

for alg in RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA; do
	login "idt.alg.$(printf %s $alg | tr '[:upper:]' '[:lower:]')"
	check "$alg: the header says so" "$(bytes "${token%%.*}" | field alg)" $alg
	public "$dir/pub"
	verifies $alg "$token"
	check "$alg: openssl" "$?" 0
	changed=${token%%.*}.$(printf %s "${token#*.}" | tr 'A-Za' 'B-ZAb')
	verifies $alg "${changed%.*}.${token##*.}"
	check "$alg: with other claims" "$?" 1
done
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
