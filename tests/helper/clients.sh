#!/bin/sh
# Every way for the client to prove itself, both signature algorithms, and what the provider's strict journal says of us.
# C-013, C-049, C-063, C-150 tok.public, C-167
. "$(dirname "$0")/../support/e2e.sh"
test_service
mkdir -p /etc/latchkey/latchkey.conf.d

# login: alice, whose code is approved as soon as it is shown
login() {
	ctl auto alice >/dev/null
	printf '\n\n\n' | pamtester latchkey-test alice authenticate acct_mgmt >"$NS/log/out" 2>&1
}

# client ID METHOD [SECRET]
client() {
	write_conf
	add_conf test <<-CONF
		[provider]
		client_id = $1
		client_auth = $2
		$([ $# -lt 3 ] || echo "client_secret_file = /etc/latchkey/secret")
		algorithms = RS256 ES256
		[login]
		services = latchkey-test sudo
	CONF
	if [ $# -ge 3 ]; then printf '%s\n' "$3" >/etc/latchkey/secret && chmod 600 /etc/latchkey/secret; fi
	rm -f /etc/latchkey/latchkey.conf.d/key.conf
	ctl reset >/dev/null
	: >"$SYSLOG"
}

# key_client ID METHOD FILE [KEY-ID [AUDIENCE]]
key_client() {
	client "$1" "$2"
	cp "$3" /etc/latchkey/key.pem && chmod 600 /etc/latchkey/key.pem || fail "no key in $3"
	add_conf key <<-CONF
		[provider]
		client_key_file = /etc/latchkey/key.pem
		client_key_id = ${4:-}
		assertion_audience = ${5:-issuer}
	CONF
}

# golden WHAT: it has just logged in, and the strict provider has nothing to say against it
golden() {
	expect_eq "$1 logs in" 0 $?
	expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"
}

# refused_for WHAT WHY: it has just not, for this reason of the provider's, which is the operator's to mend
refused_for() {
	expect_eq "$1 does not log in" 1 $?
	expect_eq "but is for that reason alone refused" "client_auth:$2" \
		"$(ctl journal | sed -n 's/.*"violations":\["\([^]]*\)"\].*/\1/p')"
	logged "which the log explains" 'verdict=unavailable reason=dev.client user=alice .*the device endpoint refuses this client'
}

# stop_provider: the next one's people have other subjects
stop_provider() {
	stop_mock
	latchkey forget --all --issuer "$MOCK_ISSUER" >"$NS/log/out" || fail "latchkey forget: $(cat "$NS/log/out")"
}

for alg in RS256 ES256; do
	start_mock --alg $alg
	client linux-login none
	login
	expect_eq "a public client logs in ($alg)" 0 $?
	expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"
	expect_eq "in five requests" 5 "$(ctl journal | grep -o '"seq"' | wc -l)"
	expect_eq "on one connection" 1 "$(ctl journal | grep -o '"conn":[0-9]*' | sort -u | wc -l)"
	stop_provider
done

start_mock
client linux-basic client_secret_basic basic-secret
login
expect_eq "client_secret_basic logs in" 0 $?
expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"
expect_eq "and keeps the secret out of the body" '' "$(ctl journal | grep -o client_secret)"
client linux-basic auto basic-secret
login
golden "auto with a secret"
client linux-post client_secret_post post-secret
login
expect_eq "client_secret_post logs in" 0 $?
expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"

# Statements that the client signs, one for each request (RFC 7523): HS256, ES256, RS256
client linux-jwt client_secret_jwt jwt-secret-of-32-characters-or-so
login
golden client_secret_jwt
expect_eq "and keeps the secret out of the body" '' "$(ctl journal | grep -o client_secret)"
MOCK_KEY=$(json_field client_key "$NS/log/mock.out")
key_client linux-key private_key_jwt "$MOCK_KEY" client
login
golden "private_key_jwt (ES256)"
key_client linux-key auto "$MOCK_KEY"
login
golden "auto without a key id"
for audience in token_endpoint issuer; do
	key_client linux-key private_key_jwt "$MOCK_KEY" client $audience
	login
	golden "assertion_audience = $audience"
done
# Authelia does not know the URL of its device endpoint as itself
key_client linux-key private_key_jwt "$MOCK_KEY" client endpoint
login
refused_for "the wrong audience" assertion_aud
key_client linux-key private_key_jwt "$MOCK_KEY" another
login
refused_for "another key id" assertion_key
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$NS/other.pem" 2>/dev/null
key_client linux-key private_key_jwt "$NS/other.pem" client
login
refused_for "another key" assertion_signature
client linux-jwt client_secret_jwt jwt-secret-of-32-characters-or-no
login
refused_for "another secret" assertion_signature
client linux-jwt client_secret_post jwt-secret-of-32-characters-or-so
login
refused_for "another method" method
logged "and says which" 'as linux-jwt by client_secret_post: the device endpoint refuses this client'
openssl ecparam -name secp384r1 -genkey -noout -out "$NS/p384.pem"
key_client linux-key private_key_jwt "$NS/p384.pem" client
login
expect_eq "a key on another curve does not" 1 $?
logged "which the log explains" 'verdict=unavailable reason=cfg.client_key.unfit .*found an EC key on secp384r1; expected RSA'
expect_eq "and nobody was asked" '' "$(ctl journal)"
expect_eq "no key is in the log" '' "$(grep -e BEGIN -e "$(sed -n 2p "$MOCK_KEY")" "$SYSLOG")"
cp "$MOCK_KEY" "$NS/key.pem"
stop_provider

# Clocks: ours may be a little ahead of the provider's, or a good deal behind it, and an assertion is soon too old.
for offset in -8 40; do
	start_mock --clock-offset "$offset"
	key_client linux-key private_key_jwt "$(json_field client_key "$NS/log/mock.out")" client
	login
	golden "a provider whose clock is $offset s ahead"
	stop_provider
done
start_mock --clock-offset 55
key_client linux-key private_key_jwt "$(json_field client_key "$NS/log/mock.out")" client
login
refused_for "a clock that is too far behind" assertion_exp
stop_provider

# a key of RSA, registered by its numbers
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$NS/rsa.pem" 2>/dev/null
b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
n=$(openssl rsa -in "$NS/rsa.pem" -noout -modulus | sed -e 's/.*=//' -e 's/../0x& /g' | xargs printf '\\%03o' | xargs -0 printf | b64url)
cat >"$NS/users.json" <<-JSON
	{"users": [{"name": "alice", "groups": ["linux-users"]}],
	 "clients": [{"client_id": "linux-rsa", "token_endpoint_auth_method": "private_key_jwt",
	  "jwks": [{"kty": "RSA", "kid": "r1", "n": "$n", "e": "AQAB"}]}]}
JSON
start_mock --users "$NS/users.json"
key_client linux-rsa private_key_jwt "$NS/rsa.pem" r1
login
golden "private_key_jwt (RS256)"
stop_provider
start_mock

# one thing wrong, the rest as above
client linux-basic client_secret_basic wrong-secret
login
expect_eq "a wrong secret does not" 1 $?
expect_has "nor is it the person's fault" 'cannot retrieve authentication info' "$NS/log/out"
logged "which the log explains" 'verdict=unavailable reason=dev.client user=alice'
client linux-basic client_secret_post basic-secret
login
expect_eq "nor the wrong method" 1 $?
logged "which the log explains too" 'verdict=unavailable reason=dev.client user=alice'
expect_eq "no secret is in the log" '' "$(grep -e basic-secret -e wrong-secret -e post-secret "$SYSLOG")"
chmod 644 /etc/latchkey/secret
ctl reset >/dev/null
login
expect_eq "a secret that others can read is no secret" 1 $?
logged "says the log, with file and line" 'reason=cfg.file.mode .*latchkey.conf.d/test.conf:4: client_secret_file'
expect_eq "and nobody was asked" '' "$(ctl journal)"
