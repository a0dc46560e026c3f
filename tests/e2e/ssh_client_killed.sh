#!/bin/sh
# ssh: when the waiting client dies, helper and worker are gone within a second, and no request follows. C-152 dev.hup, D-19
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh alice true <<SCRIPT
timeout 20
expect $ENTER
run pgrep -x latchkey-helper && pgrep -x latchkey-worker
kill
SCRIPT
rc=$? killed=$(now_cs)
wait_for 5 "the end of both processes" no_login
took=$(($(now_cs) - killed))
[ "$took" -le 100 ] || fail "it took $took hundredths of a second"
expect_eq "the client was killed while it waited" 137 $rc
ok "both processes are gone after $took hundredths of a second"
before=$(requests)
ctl approve last alice >/dev/null 2>&1
# longer than the provider's interval: a poll that was still to come would show
sleep "$((INTERVAL + 1))"
expect_eq "no further request" "$before" "$(requests)"
logins_end
