#!/bin/sh
# The access token given back, behind a login that does not wait for it, whatever the provider makes of it.
# C-050 rev.redir.*, C-153 rev.ok, C-154 rev.{503,400,hang}
. "$(dirname "$0")/../support/e2e.sh"
test_service
mkdir -p /etc/latchkey/latchkey.conf.d

# provider SCENARIO CLIENT [LINE...]: at it, and what [provider] says besides
provider() {
	start_mock --scenario "$1"
	write_conf
	{
		printf '[provider]\nclient_id = %s\nrevoke = yes\n' "$2"
		shift 2
		printf '%s\n' "$@" '[login]' 'services = latchkey-test'
	} | add_conf test
}
leave() {
	stop_mock
	latchkey forget --all --issuer "$MOCK_ISSUER" >"$NS/log/out" || fail "latchkey forget: $(cat "$NS/log/out")"
}
# login [WHO]: alice logs in, and WHO approves; took: hundredths of a second
login() {
	ctl auto "${1:-alice}" >/dev/null
	start=$(now_cs)
	printf '\n\n\n' | pamtester latchkey-test alice authenticate acct_mgmt >"$NS/log/out" 2>&1
	rc=$? took=$(($(now_cs) - start))
}
revocations() { requests | grep -c '"ep":"revocation"'; }
violations() { requests | grep -o '"violations":\["[^]]*'; }

provider rev.ok linux-login
login
expect_eq "a login" 0 $rc
wait_for 3 "the token given back" has_request '"ep":"revocation".*"status":200'
expect_has "with its kind and the client's name" \
	'"form":{"token":"[^"]*","token_type_hint":"access_token","client_id":"linux-login"}' "$(requests >"$NS/log/journal" && echo "$NS/log/journal")"
expect_eq "in the sixth request, on the first connection" "6 1" \
	"$(requests | grep -c '"seq"') $(requests | grep -o '"conn":[0-9]*' | sort -u | wc -l)"
expect_eq "without a violation" '' "$(violations)"
logins_end
login bob
expect_eq "somebody else's approval is refused" 1 $rc
wait_for 3 "their token given back too" eval '[ "$(revocations)" = 2 ]'
ok "and the token is given back all the same"
logins_end
quick=$took
login
[ "$took" -ge "$quick" ] || quick=$took
leave

for scenario in rev.503 rev.400 rev.redir.307; do
	provider $scenario linux-login
	login
	expect_eq "$scenario: a login" 0 $rc
	wait_for 3 "$scenario: the request" has_request '"ep":"revocation"'
	logins_end
	expect_eq "$scenario: once, and nobody else is asked" "1 0" "$(revocations) $(requests | grep -c '"listener":"evil')"
	leave
done

# the host has its answer, and is not kept by what goes on behind it
provider rev.hang linux-login
login
over=$(now_cs)
expect_eq "rev.hang: a login" 0 $rc
! no_process latchkey-worker || fail "the worker does not wait for the provider"
ok "while the worker is still waiting"
[ "$took" -le $((quick + 50)) ] || fail "a login took $took hundredths of a second, without the hang $quick"
ok "in $took hundredths of a second; without the hang $quick"
wait_for 8 "the end of helper and worker" no_login
[ $(($(now_cs) - over)) -le 600 ] || fail "they ended $(($(now_cs) - over)) hundredths of a second later"
ok "and after five seconds nothing is left"
expect_eq "rev.hang: asked once" 1 "$(revocations)"
leave

# by every proof: the provider is as strict here as elsewhere
provider rev.ok linux-basic 'client_auth = client_secret_basic' 'client_secret_file = /etc/latchkey/secret'
printf 'basic-secret\n' >/etc/latchkey/secret && chmod 600 /etc/latchkey/secret
login
expect_eq "by client_secret_basic" 0 $rc
wait_for 3 "the token given back" has_request '"ep":"revocation".*"status":200'
expect_eq "without a violation" '' "$(violations)"
logins_end
leave
provider rev.ok linux-key 'client_auth = private_key_jwt' 'client_key_file = /etc/latchkey/key.pem'
cp "$(json_field client_key "$NS/log/mock.out")" /etc/latchkey/key.pem && chmod 600 /etc/latchkey/key.pem
login
expect_eq "by private_key_jwt" 0 $rc
wait_for 3 "the token given back" has_request '"ep":"revocation".*"status":200'
expect_eq "without a violation" '' "$(violations)"
logins_end
sed -i '/^revoke/d' /etc/latchkey/latchkey.conf.d/test.conf
ctl reset >/dev/null
login
expect_eq "and without revoke = yes" 0 $rc
logins_end
expect_eq "it is kept" 0 "$(revocations)"
