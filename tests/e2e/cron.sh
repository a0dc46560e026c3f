#!/bin/sh
# cron calls acct_mgmt, setcred and open_session, without a conversation: its job runs, nobody is asked, no group is given.
. "$(dirname "$0")/../support/e2e.sh"
needs cron
setup_hosts cron
mkdir -p /var/spool/cron/crontabs
rm -rf /etc/cron.d
mkdir -m 1777 "$NS/tmp/shared"

# run_job NAME: cron's first minute runs what is for the start of the machine
run_job() {
	rm -f /run/crond.reboot /run/crond.pid
	echo "@reboot alice { id -nG; env; } >$NS/tmp/shared/$1.new 2>&1 && mv $NS/tmp/shared/$1.new $NS/tmp/shared/$1" >/etc/crontab
	cron -f &
	cron=$!
}
end_cron() {
	kill "$cron"
	wait "$cron" 2>/dev/null
}

run_job ours
wait_for 10 "the job" test -e "$NS/tmp/shared/ours"
end_cron
ok "the job runs"
expect_eq "with alice's own groups alone" alice "$(head -n 1 "$NS/tmp/shared/ours")"
expect_lacks "and nothing of ours in its environment" LATCHKEY "$NS/tmp/shared/ours"
# an auth line that nobody calls changes nothing; an account line that refuses does
sed -i "1i account requisite pam_deny.so" /etc/pam.d/cron
run_job refused
logged "the account lines are in force" 'CRON.*Authentication failure'
end_cron
expect_eq "a job that they refuse does not run" 1 "$(find "$NS/tmp/shared" -type f | wc -l)"
expect_eq "the provider heard nothing" '' "$(requests)"
expect_lacks "there was no login to speak of" 'verdict=' "$SYSLOG"
