#!/bin/sh
# The harness itself: a real sshd, a person at a terminal, a client without one, the log. No Latchkey in it.
. "$(dirname "$0")/../support/e2e.sh"
pam_service sshd <<'PAM'
auth required pam_unix.so
account required pam_unix.so
session required pam_unix.so
PAM
start_sshd
person_ssh carol 'id -un' <<'SCRIPT'
expect Password:
send carols-own-password\r
SCRIPT
expect_eq "carol gets in with her password" 0 $?
expect_has "her session is hers" '^carol' "$SCREEN"
person_ssh carol true <<'SCRIPT'
expect Password:
send not-hers\r
SCRIPT
expect_eq "and not with another" 255 $?
logged "sshd's log lines arrive" 'sshd.*authentication failure.*user=carol'
ssh_to carol true </dev/null >"$NS/log/out" 2>&1
expect_eq "a client without a terminal gets no further" 255 $?
write_sudoers
pam_service sudo <<'PAM'
auth required pam_unix.so
account required pam_unix.so
session required pam_unix.so
PAM
person setpriv --reuid bob --regid bob --init-groups --reset-env sudo -k -u alice id -un <<'SCRIPT'
expect password for bob
send bobs-own-password\r
SCRIPT
expect_eq "sudo asks bob" 0 $?
expect_has "and makes him alice" '^alice' "$SCREEN"
stop_sshd
