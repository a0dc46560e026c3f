#!/bin/sh
# latchkey as a program: what it prints of itself, and the exit codes of verify and verify-raw, on RFC 7515 appendix A.3.
. "${top_srcdir:?}/tests/support/lib.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
on_failure() { cat "$dir/out" "$dir/err"; }
latchkey=${top_builddir:?}/latchkey
ask() {
	"$latchkey" "$@" >"$dir/out" 2>"$dir/err"
	status=$?
}

key='"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"'
input=eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ
sig=DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q
echo "{$key}" >"$dir/jwk"
echo "{\"keys\":[{$key}]}" >"$dir/jwks"
hex() { od -An -v -tx1 | tr -d ' \n'; }

printf '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}' >"$dir/payload"
printf '%s\n' "$input.$sig" >"$dir/token"
ask verify --jwks "$dir/jwks" --alg ES256 <"$dir/token"
expect_eq "a good signature" 0 "$status"
cmp "$dir/out" "$dir/payload" || fail "another payload"
ok "the payload, byte for byte"
[ ! -s "$dir/err" ] || fail "it says something"
ask verify --jwks "$dir/jwks" --alg RS256,ES384 <"$dir/token"
expect_eq "an algorithm that is not on the list" 1 "$status"
expect_has "is named by its reason" '^idt\.alg: ' "$dir/err"
expect_eq "and nothing is printed" '' "$(cat "$dir/out")"
sed 's/Jqb2/Jqc2/' "$dir/token" >"$dir/other"
ask verify --jwks "$dir/jwks" --alg ES256 <"$dir/other"
expect_eq "another payload under this signature" 1 "$status"
expect_has "is named by its reason" '^idt\.sig: ' "$dir/err"
ask verify --jwks "$dir/jwks" --alg ES256 --claims --issuer https://idp.example --client c --now 1300819370 <"$dir/token"
expect_eq "no ID token of that issuer" 1 "$status"
expect_has "is named by its reason" '^idt\.[a-z.]*: ' "$dir/err"
ask verify --alg ES256 <"$dir/token"
expect_eq "without keys: usage" 2 "$status"
expect_has "which is shown" '^usage: latchkey verify ' "$dir/err"
ask verify --jwks "$dir/none" --alg ES256 <"$dir/token"
expect_eq "a file that is not there is usage too" 2 "$status"

raw() { ask verify-raw --alg "$1" --jwk "$dir/jwk" --msg "$2" --sig "$3"; }
msg=$(printf %s "$input" | hex)
sig=$(printf '%s==' "$sig" | tr _- /+ | base64 -d | hex)
raw ES256 "$msg" "$sig"
expect_eq "a bare signature" 0 "$status"
raw ES256 "${msg}00" "$sig"
expect_eq "over a byte more" 1 "$status"
expect_has "is named by its reason" '^idt\.sig: ' "$dir/err"
raw HS256 "$msg" "$sig"
expect_eq "by an algorithm that there is not: usage" 2 "$status"

ask --help
expect_eq "help is no mistake" 0 "$status"
for c in accounts check explain forget login pin verify verify-raw; do
	expect_has "it names $c" "^  $c  *[a-z]" "$dir/out"
done
ask --version
expect_has "its version" '^latchkey [0-9]' "$dir/out"
ask frobnicate
expect_eq "no command: usage" 2 "$status"
ask
expect_eq "nothing at all: usage" 2 "$status"
