#!/bin/sh
# ssh: our module twice in one stack asks twice; both must be approved; groups and session come once from the last.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
pam_service sshd <<'PAM'
auth     requisite pam_latchkey.so
auth     requisite pam_latchkey.so
account  required pam_latchkey.so
account  required pam_latchkey.so
session  required pam_latchkey.so
session  required pam_latchkey.so
PAM
person_ssh alice 'id -nG; env' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "approved twice, alice is in" 0 $?
expect_has "with each local group once" '^alice admins-local.$' "$SCREEN"
expect_lacks "without a ticket" LATCHKEY "$SCREEN"
expect_eq "no ticket is left behind" '' "$(tickets)"
person_ssh alice true <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
expect $ENTER
run ctl deny last
send \\r
SCRIPT
expect_eq "approved once and denied once, she is not" 255 $?
expect_eq "and the first approval leaves no ticket" '' "$(tickets)"
logins_end
