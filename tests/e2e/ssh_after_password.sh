#!/bin/sh
# ssh: our auth line behind pam_unix, whose success jumps over it. A login of ours works, but sshd skips our setcred with
# the same jump: no session groups, as the README warns. Before pam_unix it gets them.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
pam_service sshd <<'PAM'
auth     [success=2 default=ignore] pam_unix.so
auth     [success=1 default=die] pam_latchkey.so
auth     requisite pam_deny.so
auth     required pam_permit.so
account  [success=ok ignore=ignore default=bad] pam_latchkey.so
account  required pam_unix.so
session  optional pam_latchkey.so
session  required pam_unix.so
PAM
person_ssh bob 'id -nG' <<'SCRIPT'
expect Password:
send bobs-own-password\r
SCRIPT
expect_eq "bob is in by his password" 0 $?
expect_eq "and the provider heard nothing" '' "$(requests)"
by_code() {
	person_ssh alice 'id -nG; env' <<-SCRIPT
		timeout 30
		$1
		$2
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
}
by_code 'expect Password:' 'send not-hers\r'
expect_eq "alice, without a password, is in by her approval" 0 $?
expect_has "jumped over, setcred gives her no group" '^alice.$' "$SCREEN"
expect_lacks "the ticket is not in her environment" LATCHKEY "$SCREEN"
expect_eq "nor left behind" '' "$(tickets)"
pam_service sshd.auth <<'PAM'
auth     [success=2 ignore=ignore default=die] pam_latchkey.so
auth     [success=1 default=ignore] pam_unix.so
auth     requisite pam_deny.so
auth     required pam_permit.so
PAM
sed -i '/^auth/d' /etc/pam.d/sshd && cat /etc/pam.d/sshd >>/etc/pam.d/sshd.auth && mv /etc/pam.d/sshd.auth /etc/pam.d/sshd
by_code
expect_eq "with our line first" 0 $?
expect_has "she has them" '^alice admins-local' "$SCREEN"
logins_end
