#!/bin/sh
# Every way for the client to prove itself, both signature algorithms, and what the provider's strict journal says of us.
# C-049, C-150 tok.public, C-167
. "$(dirname "$0")/../support/e2e.sh"
pam_service latchkey-test <<'PAM'
auth     required pam_latchkey.so
account  required pam_latchkey.so
session  required pam_latchkey.so
PAM
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
	ctl reset >/dev/null
	: >"$SYSLOG"
}

for alg in RS256 ES256; do
	start_mock --alg $alg
	client linux-login none
	login
	expect_eq "a public client logs in ($alg)" 0 $?
	expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"
	expect_eq "in five requests" 5 "$(ctl journal | grep -o '"seq"' | wc -l)"
	expect_eq "on one connection" 1 "$(ctl journal | grep -o '"conn":[0-9]*' | sort -u | wc -l)"
	stop_mock
	latchkey forget --all --issuer "$MOCK_ISSUER" >"$NS/log/out" || fail "the next one's people have other subjects"
done

start_mock
client linux-basic client_secret_basic basic-secret
login
expect_eq "client_secret_basic logs in" 0 $?
expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"
expect_eq "and keeps the secret out of the body" '' "$(ctl journal | grep -o client_secret)"
client linux-post client_secret_post post-secret
login
expect_eq "client_secret_post logs in" 0 $?
expect_eq "without a violation" '' "$(ctl journal | grep -o '"violations":\["[^]]*')"

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
