# The world of an end-to-end test: real hosts (sshd, sudo), the built module, the mock provider. Sourced first; it
# starts the test again inside with_ns. Everything that a test starts dies with it: it runs in a pid namespace.
# shellcheck shell=sh

if [ -z "${LK_NS:-}" ]; then
	: "${top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd -P)}"
	: "${top_builddir:=$top_srcdir/build/check}"
	export top_srcdir top_builddir
	exec "$top_srcdir/tests/support/with_ns" "$(cd "$(dirname "$0")" && pwd -P)/$(basename "$0")" "$@"
fi
: "${top_srcdir:?}" "${STAGE:?}" "${NS:?}"
. "$top_srcdir/tests/support/lib.sh"

MODULE=$STAGE/lib/security/pam_latchkey.so
SYSLOG=$NS/log/syslog
SCREEN=$NS/log/screen

on_failure() {
	for f in "$SYSLOG" "$SCREEN" "$NS/log/sshd" "$NS/log/mock.err"; do
		[ ! -s "$f" ] || { echo "--- $f"; tail -n 30 "$f" | tr -d '\r'; }
	done
	[ -z "${MOCK_CTL:-}" ] || { echo "--- the provider's journal"; ctl journal; }
}

# --- the provider

json_field() { sed -n "1s/.*\"$1\" *: *\"\\([^\"]*\\)\".*/\\1/p" "$2" | sed 's|\\/|/|g'; }

# start_mock [OPTION...]: codes are polled for every second, so that no test waits for long
INTERVAL=1
start_mock() {
	: >"$NS/log/mock.out" # of a mock before this one
	latchkey-mock-idp --interval "$INTERVAL" "$@" >"$NS/log/mock.out" 2>"$NS/log/mock.err" &
	MOCK_PID=$!
	until grep -q '^{.*}' "$NS/log/mock.out" 2>/dev/null; do
		! gone "$MOCK_PID" || fail "the mock provider does not start"
		sleep 0.05
	done
	MOCK_ISSUER=$(json_field issuer "$NS/log/mock.out")
	MOCK_CA=$(json_field ca "$NS/log/mock.out")
	MOCK_CTL=$(json_field control "$NS/log/mock.out")
	[ -n "$MOCK_ISSUER" ] && [ -n "$MOCK_CA" ] && [ -n "$MOCK_CTL" ] || fail "ready line: $(cat "$NS/log/mock.out")"
	# a copy: the provider takes its own away when it stops, and a host's configuration does not go with it
	cp "$MOCK_CA" "$NS/ca.pem" && MOCK_CA=$NS/ca.pem || fail "no CA file"
	export MOCK_ISSUER MOCK_CA MOCK_CTL
}

stop_mock() {
	kill "$MOCK_PID"
	wait "$MOCK_PID" 2>/dev/null
	unset MOCK_CTL
}

# ctl COMMAND...: on the path, so that ptyrun's run lines can say it too
cat >"$NS/bin/ctl" <<'CTL'
#!/bin/sh
exec latchkey-mock-idp ctl "$MOCK_CTL" "$@"
CTL
cat >"$NS/bin/until_gone" <<'GONE'
#!/bin/sh
# until_gone SECONDS NAME: for ptyrun's run lines
. "$top_srcdir/tests/support/lib.sh"
wait_for "$1" "the end of $2" no_process "$2"
GONE
chmod +x "$NS/bin/ctl" "$NS/bin/until_gone"

# --- the host's configuration

write_conf() {
	mkdir -p /etc/latchkey/latchkey.conf.d
	cat >/etc/latchkey/latchkey.conf <<-CONF
		[provider]
		name = Authelia
		issuer = $MOCK_ISSUER
		client_id = linux-login
		ca_file = $MOCK_CA

		[login]
		allow_groups = linux-users

		[service sudo]
		allow_groups = linux-admins

		[group admins-local]
		groups = linux-admins
	CONF
}

# add_conf NAME <lines: a later file that overrides
add_conf() { cat >"/etc/latchkey/latchkey.conf.d/$1.conf"; }

# pam_service NAME <lines: with the module as its users write it, and as it was built
pam_service() { sed "s|pam_latchkey\\.so|$MODULE|" >"/etc/pam.d/$1"; }

# latchkey-test, for pamtester: our module alone
test_service() {
	pam_service latchkey-test <<-'PAM'
		auth     required pam_latchkey.so
		account  required pam_latchkey.so
		session  required pam_latchkey.so
	PAM
}

# The stacks of the README.
pam_stacks() {
	pam_stack sshd
	pam_service sudo <<-'PAM'
		auth     [success=done ignore=ignore default=die] pam_latchkey.so
		auth     required pam_deny.so
		account  required pam_latchkey.so
		account  required pam_unix.so
		session  required pam_latchkey.so
		session  required pam_permit.so
	PAM
}

# pam_stack SERVICE...: our lines first, then passwords for those whom we let pass by
pam_stack() {
	for s in "$@"; do
		pam_service "$s" <<-'PAM'
			auth     [success=done ignore=ignore default=die] pam_latchkey.so
			auth     required pam_unix.so
			account  required pam_latchkey.so
			account  required pam_unix.so
			session  required pam_latchkey.so
			session  required pam_unix.so
		PAM
	done
}

# In place of the first lines: the named people of break-glass, when the provider is away, by their own password.
break_glass() {
	for s in "$@"; do
		sed -i -e '/^auth/d' "/etc/pam.d/$s"
		pam_service "$s.auth" <<-'PAM'
			auth [success=done ignore=ignore authinfo_unavail=ignore default=die] pam_latchkey.so
			auth requisite pam_succeed_if.so quiet user ingroup breakglass
			auth required pam_unix.so
		PAM
		cat "/etc/pam.d/$s" >>"/etc/pam.d/$s.auth" && mv "/etc/pam.d/$s.auth" "/etc/pam.d/$s"
	done
}

# --- hosts

# needs PROGRAM: what scripts/install-deps brings on Debian
needs() {
	[ -x "$1" ] || command -v "$1" >/dev/null && return
	[ ! -e /etc/debian_version ] || fail "no $1: scripts/install-deps brings it"
	skip "no $1"
}

write_sudoers() {
	printf 'Defaults !lecture, secure_path="/usr/sbin:/usr/bin:/sbin:/bin"\nroot ALL=(ALL:ALL) ALL\nalice,bob ALL=(ALL:ALL) ALL\n' \
		>/etc/sudoers && chmod 440 /etc/sudoers
	rm -rf /etc/sudoers.d
}

# start_sshd [CONFIG LINE...]
start_sshd() {
	sshd=$(command -v sshd) || fail "no sshd"
	[ -f "$NS/hostkey" ] || ssh-keygen -q -t ed25519 -N '' -f "$NS/hostkey" || fail "no host key"
	for try in 1 2 3 4 5 6 7 8; do
		SSHD_PORT=$((20000 + 0x$(cut -c1-4 /proc/sys/kernel/random/uuid) % 10000))
		cat >"$NS/sshd_config" <<-CONFIG
			Port $SSHD_PORT
			ListenAddress 127.0.0.1
			HostKey $NS/hostkey
			PidFile none
			UsePAM yes
			KbdInteractiveAuthentication yes
			PasswordAuthentication no
			PermitRootLogin yes
			LoginGraceTime ${GRACE:-60}
			UseDNS no
			$(for line in "$@"; do echo "$line"; done)
		CONFIG
		: >"$NS/log/sshd"
		"$sshd" -D -f "$NS/sshd_config" -E "$NS/log/sshd" &
		SSHD_PID=$!
		until grep -q 'Server listening' "$NS/log/sshd"; do
			gone "$SSHD_PID" && break
			sleep 0.05
		done
		gone "$SSHD_PID" || break
		[ "$try" -lt 8 ] || fail "sshd does not start: $(cat "$NS/log/sshd")"
	done
	write_ssh_config
}

stop_sshd() {
	kill "$SSHD_PID"
	wait "$SSHD_PID" 2>/dev/null
}

write_ssh_config() {
	cat >"$NS/ssh_config" <<-CONFIG
		Host *
			HostName 127.0.0.1
			Port $SSHD_PORT
			StrictHostKeyChecking no
			UserKnownHostsFile /dev/null
			LogLevel ERROR
			IdentityAgent none
			IdentitiesOnly yes
			NumberOfPasswordPrompts 1
			PreferredAuthentications keyboard-interactive
	CONFIG
}

# ssh_in USER [COMMAND...]: the arguments of an ssh to our sshd
ssh_to() {
	u=$1
	shift
	ssh -F "$NS/ssh_config" "$u@testhost" "$@"
}

# person COMMAND [ARG...] <script of ptyrun: somebody at a terminal; what they saw stays in $SCREEN
person() { ptyrun - "$SCREEN" "$@"; }

# person_ssh USER COMMAND... <script
person_ssh() {
	u=$1
	shift
	person ssh -F "$NS/ssh_config" "$u@testhost" "$@"
}

# as USER COMMAND...: without PAM
as() {
	u=$1
	shift
	setpriv --reuid "$u" --regid "$u" --init-groups --reset-env -- "$@"
}

# person_as USER COMMAND... <script: whose terminal it is
person_as() {
	u=$1
	shift
	person setpriv --reuid "$u" --regid "$u" --init-groups --reset-env -- "$@"
}

ENTER='Press Enter when you have approved it'
AGAIN='Not approved yet; press Enter again'

# tickets: the names of those that wait
tickets() { find /run/latchkey/tickets -type f 2>/dev/null | sed 's|.*/||' | sort; }

# --- the log

devlog /dev/log "$SYSLOG" &
wait_for 5 "the private /dev/log" test -S /dev/log
: >>"$SYSLOG"

# logged WHAT REGEX: a line comes within a moment
logged() {
	wait_for 5 "$1 in the log: $2" grep -q -e "$2" "$SYSLOG"
	ok "$1"
}

log_line() { grep -o -e 'login=.*' "$SYSLOG" | tail -n 1; }

# --- the usual worlds

# setup_ssh [LINE FOR sshd_config...]
setup_ssh() {
	start_mock
	write_conf
	pam_stacks
	start_sshd "$@"
}

setup_sudo() {
	start_mock
	write_conf
	pam_stacks
	write_sudoers
}

# setup_hosts SERVICE...: hosts that need no more than their stack
setup_hosts() {
	start_mock
	write_conf
	pam_stack "$@"
}

# person_sudo USER ARGUMENTS-OF-SUDO... <script
person_sudo() {
	u=$1
	shift
	person_as "$u" sudo -k "$@"
}

# give_key USER: a key of root's opens the account
give_key() {
	ssh-keygen -q -t ed25519 -N '' -f "$NS/home/root/key" || fail "no key"
	mkdir -p "$NS/home/$1/.ssh"
	cp "$NS/home/root/key.pub" "$NS/home/$1/.ssh/authorized_keys"
	chown -R "$1:$1" "$NS/home/$1/.ssh"
	chmod 700 "$NS/home/$1/.ssh"
}

# requests: what the provider was asked, a line each
requests() { ctl journal; }

has_request() { requests | grep -q "$1"; }

no_login() { no_process latchkey-helper && no_process latchkey-worker; }

# logins_end: nothing of a login outlives it
logins_end() {
	wait_for 2 "the end of helper and worker" no_login
	ok "nothing of a login outlives it"
}
