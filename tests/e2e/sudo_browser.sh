#!/bin/sh
# timeout: 120
# sudo at a desktop: a real browser signs in at the provider, lands on the worker's page, and sudo goes on by itself. C-022
. "$(dirname "$0")/../support/e2e.sh"
for p in chromium openssl; do
	command -v $p >/dev/null || skip "$p is not installed (scripts/install-deps long brings it)"
done
setup_sudo
uid=$(id -u alice)

# A desktop of alice's as systemd-logind keeps it: its files, and a cgroup that the test moves her sudo to.
cgroups=/sys/fs/cgroup
[ ! -d $cgroups/systemd ] || cgroups=$cgroups/systemd
scope=$cgroups/user.slice/user-$uid.slice/session-77.scope
leave_cgroup() {
	echo $$ >"$cgroups/cgroup.procs" 2>/dev/null
	n=0
	until rmdir "$scope" 2>/dev/null || [ $n -ge 40 ]; do # while a process ends in it
		n=$((n + 1))
		sleep 0.05
	done
	rmdir "${scope%/*}" "$cgroups/user.slice" 2>/dev/null
}
session() { # session TYPE REMOTE
	mkdir -p /run/systemd/sessions /run/systemd/users
	printf 'UID=%s\nUSER=alice\nACTIVE=1\nSTATE=active\nREMOTE=%s\nTYPE=%s\nCLASS=user\n' "$uid" "$2" "$1" >/run/systemd/sessions/77
	printf 'NAME=alice\nSTATE=active\nDISPLAY=77\nSESSIONS=77\n' >"/run/systemd/users/$uid"
	chmod 644 /run/systemd/sessions/77 "/run/systemd/users/$uid"
}
if mkdir -p "$scope" 2>/dev/null && echo $$ >"$scope/cgroup.procs" 2>/dev/null && grep -q "/user.slice/user-$uid.slice/session-77.scope\$" /proc/self/cgroup; then
	trap leave_cgroup EXIT
	auto=yes
	echo "# flow = auto, in a cgroup of alice's session"
else
	leave_cgroup
	auto=
	echo "# no cgroup can be made here: flow = loopback"
	add_conf flow <<-CONF
		[login]
		flow = loopback
	CONF
fi
session wayland 0

# what alice does in her browser, once the address is on her screen
cat >"$NS/bin/alice_browses" <<-SH
	#!/bin/sh
	url=\$(tr -d '\r' <"$SCREEN" | sed -n 's/^  \(https:.*\)/\1/p' | head -n 1)
	cp "$MOCK_CA" "$NS/home/alice/ca.pem" && chmod 644 "$NS/home/alice/ca.pem"
	setpriv --reuid alice --regid alice --init-groups -- env HOME="$NS/home/alice" TMPDIR=/tmp LK_PICTURE="$NS/home/alice/picture.png" \
		"$top_srcdir/tests/support/chromium.sh" "\$url" "$NS/home/alice/ca.pem" alice >"$NS/log/landing" 2>&1
SH
chmod +x "$NS/bin/alice_browses"

person_sudo alice id -un <<SCRIPT
timeout 60
expect (sudo) as alice with Authelia
expect Open this in a browser on this computer
expect /api/oidc/authorization?
run alice_browses
SCRIPT
rc=$?
sed 's/^/# /' "$NS/log/landing"
cp "$NS/home/alice/picture.png" "$top_builddir/logs/e2e/sudo_browser.png" 2>/dev/null # for people, beside the log
expect_eq "sudo runs the command" 0 $rc
expect_has "as root" '^root' "$SCREEN"
expect_lacks "without a key" 'Press Enter' "$SCREEN"
expect_has "the browser shows the worker's page" '^You can close this window | ' "$NS/log/landing"
logged "one line says so" 'verdict=allow .*user=alice service=sudo .*flow=loopback'
expect_eq "the provider saw nothing wrong" '' "$(requests | grep -o '"violations":\["[^]]*')"

# sudo blocks SIGINT while it waits; nobody needs to go to the browser to end it
person_sudo alice id -un <<SCRIPT
timeout 20
expect /api/oidc/authorization?
send \\x03
SCRIPT
[ $? -ne 0 ] || fail "sudo ran the command"
logged "^C ends the wait" 'verdict=cancel reason=conv.cancel user=alice service=sudo'

# the same process, when the session is another: the browser is on some other machine, or there is none
device() { # device WHAT: a code
	person_sudo alice id -un <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
	expect_eq "$1 has a code" 0 $?
	expect_lacks "and no address for this computer" 'this computer' "$SCREEN"
}
if [ -n "$auto" ]; then
	session tty 1
	device "a session over ssh"
	session tty 0
	device "a console"
	session wayland 0
	chmod 666 /run/systemd/sessions/77
	device "a session that others can write about"
fi
logins_end
