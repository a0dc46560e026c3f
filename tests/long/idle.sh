#!/bin/sh
# A person who takes their time: a connection that lay idle for 20 seconds is not used again, for some providers have closed it
# by then (Authelia after 30); one that did not is.
# timeout: 120
. "$(dirname "$0")/../support/e2e.sh"
pam_service latchkey-test <<'PAM'
auth     required pam_latchkey.so
account  required pam_latchkey.so
PAM
start_mock
write_conf
add_conf test <<-CONF
	[login]
	services = latchkey-test
CONF
# after SECONDS: logs in by an Enter that comes so late; on how many connections
after() {
	ctl reset >/dev/null
	ctl auto alice >/dev/null
	{ sleep "$1" && printf '\n\n'; } | pamtester latchkey-test alice authenticate acct_mgmt >"$NS/log/out" 2>&1
	expect_eq "a login after $1 s" 0 $?
	connections=$(requests | grep -o '"conn":[0-9]*' | sort -u | wc -l)
}
after 12
expect_eq "on one connection" 1 "$connections"
after 23
expect_eq "on two" 2 "$connections"
expect_eq "without a violation" '' "$(requests | grep -o '"violations":\["[^]]*')"
logins_end
