#!/bin/sh
# su: our line behind pam_unix. A password login is none of ours: no request, no group, though setcred and the session
# lines of our module run. Whoever has no password goes on to us.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
cat >>/etc/latchkey/latchkey.conf <<'CONF'
[group admins-local]
groups = linux-admins, linux-users
CONF
sed -i '/^\[group admins-local\]/,+1d' /etc/latchkey/latchkey.conf
printf '[group admins-local]\ngroups = linux-admins, linux-users\n' | add_conf group
su_stack() {
	pam_service su <<-PAM
		auth     [success=$1 default=ignore] pam_unix.so
		auth     [success=1 default=die] pam_latchkey.so
		auth     requisite pam_deny.so
		auth     $2 pam_permit.so
		account  [success=ok ignore=ignore default=bad] pam_latchkey.so
		account  required pam_unix.so
		session  required pam_latchkey.so
		session  required pam_unix.so
	PAM
}
su_stack 2 required
person_as alice su bob -c 'id -nG' <<'SCRIPT'
expect Password:
send bobs-own-password\r
SCRIPT
expect_eq "bob's password opens bob" 0 $?
expect_has "with his own groups alone" '^bob.$' "$SCREEN"
expect_eq "and the provider heard nothing" '' "$(requests)"
person_as alice su bob -c 'id -nG' <<SCRIPT
timeout 30
expect Password:
send not-his\\r
expect $ENTER
run ctl approve last bob
send \\r
SCRIPT
expect_eq "his approval does too" 0 $?
expect_has "with the local group that he earned" '^bob admins-local' "$SCREEN"
person_as alice su bob -c 'id -nG' <<SCRIPT
timeout 30
expect Password:
send not-his\\r
expect $ENTER
run ctl deny last
send \\r
SCRIPT
expect_eq "neither, and he stays out" 1 $?
logins_end
