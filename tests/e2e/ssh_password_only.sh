#!/bin/sh
# ssh with passwords alone cannot show a code. Taken from services it is left alone, and costs no request; left there it
# is refused, for its conversation fails.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh 'Match all' 'PasswordAuthentication yes' 'KbdInteractiveAuthentication no'
add_conf services <<'CONF'
[login]
services = sudo su login
CONF
by_password() {
	person ssh -F "$NS/ssh_config" -o PreferredAuthentications=password bob@testhost 'id -un' <<-SCRIPT
		timeout 30
		expect password:
		send $1\\r
	SCRIPT
}
by_password bobs-own-password
expect_eq "bob is in by his password" 0 $?
expect_has "as himself" '^bob' "$SCREEN"
by_password not-his
expect_eq "and by no other" 255 $?
expect_eq "the provider heard nothing" '' "$(requests)"
rm /etc/latchkey/latchkey.conf.d/services.conf
by_password bobs-own-password
expect_eq "in services, it is refused" 255 $?
logged "the log says that there was no conversation" 'verdict=cancel reason=conv.failed .*user=bob service=sshd'
logins_end
