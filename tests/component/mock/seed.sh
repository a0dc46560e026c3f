#!/bin/sh
# The same seed and the same requests are the same bytes, whatever the algorithm; another seed's are others.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"

# run NAME OPTION...: every answer of a login and of an authorization request, headers too, to $dir/NAME
run() {
	name=$1
	shift
	: >"$dir/ready"
	"$mock" --port "${port:-0}" --state "$dir/state" "$@" >"$dir/ready" &
	pid=$!
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready")
	[ -n "$issuer" ] || {
		echo "FAIL: no ready line"
		exit 1
	}
	port=${issuer##*:}
	back=http://127.0.0.1/callback
	{
		cat "$dir/state/ca.pem"
		ask "$issuer/jwks.json"
		ask -d client_id=linux-login -d 'scope=openid groups' -d nonce=nonce-1234 "$issuer/api/oidc/device-authorization"
		device=$(field device_code <"$dir/answer")
		ask "$issuer/consent/openid/device-authorization"
		"$mock" ctl "$dir/state/control.sock" approve last alice
		ask -d client_id=linux-login -d "device_code=$device" \
			-d grant_type=urn:ietf:params:oauth:grant-type:device_code "$issuer/api/oidc/token"
		ask -d "access_token=$(field access_token <"$dir/answer")" "$issuer/api/oidc/userinfo"
		"$mock" ctl "$dir/state/control.sock" authorize \
			"?response_type=code&client_id=linux-post&redirect_uri=$back&scope=openid&state=12345678" bob |
			tee "$dir/answer"
		ask -d grant_type=authorization_code -d "code=$(sed -n 's/.*[?&]code=\([^&]*\).*/\1/p' "$dir/answer")" \
			-d "redirect_uri=$back" -d client_id=linux-post -d client_secret=post-secret "$issuer/api/oidc/token"
	} >"$dir/$name"
	kill "$pid"
	wait "$pid"
	pid=
}
ask() { curl -sS -i --cacert "$dir/state/ca.pem" "$@" | tee "$dir/answer"; }

for alg in RS256 PS256 ES256 ES384 ES512 EdDSA; do
	run "a.$alg" --seed 42 --alg $alg
	run "b.$alg" --seed 42 --alg $alg
	check "$alg: tokens are there" "$(grep -c id_token "$dir/a.$alg")" 2
	cmp "$dir/a.$alg" "$dir/b.$alg" || check "$alg: the same seed" differs same
	run "c.$alg" --seed 43 --alg $alg
	for what in user_code id_token access_token device_code sub; do
		check "$alg: another seed, another $what" "$(field $what <"$dir/c.$alg" | grep -c -x -F -e "$(field $what <"$dir/a.$alg")")" 0
	done
	check "$alg: and another CA" "$(sed -n 2,20p "$dir/a.$alg" | cmp -s - "$dir/c.$alg"; echo $?)" 1
	cmp -s "$dir/a.$alg" "$dir/c.$alg" && check "$alg: another seed" same different
done
check "the clock of a seed stands" "$(grep -c '^Date: Fri, 15 Jan 2027 08:00:00 GMT' "$dir/a.RS256")" 6
run d --seed 42 --now 1700000000
check "where --now says" "$(grep -c '^Date: Tue, 14 Nov 2023 22:13:20 GMT' "$dir/d")" 6

# the same of what a script makes by itself: nonces, salts, keys of its own, noise, identifiers
cat >"$dir/script.json" <<'JSON'
{ "rules": [
	{ "match": { "ep": "token", "nth": 1 }, "do": ["rotate"], "reply": { "set": { "id": "${uuid}" } },
	  "token": { "alg": "PS256", "key": "other-rs256", "claims": { "set": { "jti": "${uuid}" } }, "mutate": [["pss.salt", 20]] } },
	{ "match": { "ep": "token", "nth": 2 },
	  "token": { "alg": "ES384", "mutate": ["sig.leading0", ["json.ws", "payload"]] } },
	{ "match": { "ep": "jwks" }, "jwks": { "keys": ["es384", "ps256", "old-es384", { "of": "p224", "mutate": ["private"] }] } },
	{ "match": { "ep": "userinfo" }, "token": { "alg": "ES256", "mutate": ["jwe.wrap"] } }
] }
JSON
run g --seed 42 --script "$dir/script.json"
run h --seed 42 --script "$dir/script.json"
run i --seed 43 --script "$dir/script.json"
check "a script: tokens are there" "$(grep -c id_token "$dir/g")" 2
check "a script: the first is PS256, with a salt of its own" "$(field id_token <"$dir/g" | head -n 1 | cut -c1-18)" eyJhbGciOiJQUzI1Ni
check "a script: UserInfo is wrapped" "$(grep -c "^eyJhbGciOiJSU0EtT0FFUCIs" "$dir/g")" 1
cmp "$dir/g" "$dir/h" || check "a script: the same seed" differs same
for what in id_token id d; do
	check "a script: another seed, another $what" "$(field $what <"$dir/i" | grep -c -x -F -e "$(field $what <"$dir/g")")" 0
done
run e
run f
cmp -s "$dir/e" "$dir/f" && check "without a seed" same different
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
