#!/bin/sh
# The private world of these tests leaves the machine as it was, and takes its processes with it.
set -u
: "${top_srcdir:?}" "${top_builddir:?}"
. "$top_srcdir/tests/support/lib.sh"
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# names, owners, modes, sizes and times of what a login could write to; not what others change all the time
listing() {
	find /etc /home /run /var/lib/latchkey /var/cache/latchkey /var/mail /var/log/lastlog /var/log/wtmp /var/log/btmp \
		/mnt /media /srv /opt -xdev -maxdepth 3 ! -path '/run/lock*' ! -path '/run/user*' ! -path '/run/udev*' \
		! -path '/run/systemd*' ! -path /run ! -path '/run/log*' -printf '%p %u %g %m %s %T@\n' 2>/dev/null | sort
	ls -l /dev/null /dev/log /dev/ptmx 2>/dev/null
	sed 's/^[0-9]* [0-9]* //' /proc/self/mountinfo
}

listing >"$work/before"
marker=31.$$
"$top_srcdir/tests/support/with_ns" sh -c '
	id alice && [ "$(id -u alice)" -eq 4001 ] || exit 1
	touch /etc/was-here /run/was-here /var/lib/was-here /var/log/was-here /dev/was-here /tmp/was-here /mnt/was-here || exit 1
	sleep "$1" & echo alice:x | chpasswd && groupadd was-here && grep -q was-here /etc/group' sh "$marker" >"$work/out" 2>&1
rc=$?
cat "$work/out"
[ $rc -ne 77 ] || exit 77
expect_eq "the command ran in its own world" 0 $rc
listing >"$work/after"
diff "$work/before" "$work/after" || fail "the machine was changed"
ok "the machine is as it was"
[ ! -e /tmp/was-here ] && [ ! -e /dev/was-here ] || fail "files came out"
! pgrep -f "^sleep $marker" || fail "a process outlived its world"
ok "no process outlived its world"
