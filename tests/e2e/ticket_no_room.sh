#!/bin/sh
# The tickets' folder full, or read-only: no ticket can be written, so nobody is let in, and nobody is sent on to a password.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
break_glass sshd
mkdir -m 755 /run/latchkey
mkdir -m 700 /run/latchkey/tickets
mount -t tmpfs -o size=64k,mode=700 latchkey-small /run/latchkey/tickets || skip "mount is not permitted here"
usermod -a -G breakglass alice
attempt() {
	: >"$SYSLOG"
	person_ssh alice 'id -nG' <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
}
attempt
expect_eq "with room, alice is in" 0 $?
dd if=/dev/zero of=/run/latchkey/tickets/filler bs=4k 2>/dev/null
attempt
expect_eq "full: she is not" 255 $?
expect_lacks "nor asked for a password" Password "$SCREEN"
logged "the log says what is full" 'verdict=error reason=ticket.write .*user=alice .*why="/run/latchkey/tickets: no ticket can be written: No space left'
expect_eq "no half of a ticket stays" 'filler' "$(ls -A /run/latchkey/tickets)"
rm /run/latchkey/tickets/filler
mount -o remount,ro /run/latchkey/tickets
attempt
expect_eq "read-only: she is not" 255 $?
expect_lacks "nor asked for a password" Password "$SCREEN"
logged "the log says what cannot be written" 'verdict=error reason=ticket.write .*user=alice .*why="/run/latchkey/tickets: no ticket can be written: Read-only file system'
mount -o remount,rw /run/latchkey/tickets
attempt
expect_eq "with room again, she is" 0 $?
logins_end
