#!/bin/sh
# One login of each host under strace: which files the host with our module opens that it would not open without us, and what
# the helper opens and writes. (The worker refuses to be traced; what it holds and reads, caller_baits and worker_confined
# look at.)
# timeout: 120
. "$(dirname "$0")/../support/e2e.sh"
needs strace
strace -o /dev/null true 2>/dev/null || skip "ptrace is not permitted here"
setup_hosts su sudo login polkit-1 sshd
write_sudoers
sed -i 's/^allow_groups = linux-admins/allow_groups = linux-users/' /etc/latchkey/latchkey.conf
with_traced="s|$MODULE|& helper=$NS/bin/traced|"
sed -i "$with_traced" /etc/pam.d/su /etc/pam.d/sudo /etc/pam.d/login /etc/pam.d/polkit-1 /etc/pam.d/sshd
host=/tmp/host.strace helper=/tmp/helper.strace
export HOME="$NS/home/bob"

# let go of where a host starts another program: the helper, the shell
printf '#!/bin/sh\nexec strace -A -f -b execve -e trace=%%file -o %s "$@"\n' "$host" >"$NS/bin/trace"
chmod +x "$NS/bin/trace"

# paths FILE: of every call on files that did not fail
paths() { grep -v ' = -1 ' "$1" | sed -n 's/^[0-9]* *[a-z0-9_]*([^"]*"\([^"]*\)".*/\1/p' | sort -u; }
# changed FILE: what was opened for writing, made, renamed or removed
changed() {
	grep -v ' = -1 ' "$1" | grep -E -e 'O_(WRONLY|RDWR|CREAT|TRUNC)' \
		-e '^[0-9]+ +(mkdir|rename|unlink|link|symlink|l?chown|f?chmod|fchown|trunc|mknod|utim)[a-z0-9]*\(' |
		sed -n 's/^[0-9]* *[a-z0-9_]*([^"]*"\([^"]*\)".*/\1/p' | sort -u
}
# outside LIST OF REGULAR EXPRESSIONS <paths: those that none of them allows
outside() { grep -v -x -E -e "$1" || :; }

# what the C library and its name service read, for any root program
libc='/etc/(ld\.so\.(cache|preload)|nsswitch\.conf|passwd|group|localtime|host\.conf|hosts|resolv\.conf|gai\.conf)|/(usr/)?lib.*|/proc/(self|[0-9]+)/.*|/dev/(null|log|urandom)|/'
own="/usr/share/latchkey/.*|$STAGE/.*|/etc/latchkey|/etc/latchkey/latchkey\\.conf.*|$MOCK_CA|/proc/sys/kernel/random/boot_id|/run/latchkey.*|/var/cache/latchkey.*|/var/lib/latchkey.*|(\\.|)[0-9a-f]{32}(\\..*|)|(\\.|)[a-z][a-z.-]*[0-9]*|[0-9][0-9a-z-]*\\.conf"

# judge HOST STATUS
judge() {
	expect_eq "$1: the login is right" 0 "$2"
	wait_for 5 "the end of the traced helper" no_login
	[ -s "$helper" ] && grep -q execve "$helper" || fail "$1: the helper was not traced"
	paths "$helper" >"$NS/log/$1.helper"
	paths "$host" >"$NS/log/$1.host"
	grep -q -x "/etc/latchkey/latchkey.conf" "$NS/log/$1.helper" || fail "$1: no configuration in the helper's trace"
	grep -q -x "$MODULE" "$NS/log/$1.host" || fail "$1: no module in the host's trace"
	expect_eq "$1: the helper opens its own files alone" '' "$(outside "$libc|$own" <"$NS/log/$1.helper")"
	expect_eq "$1: and changes nothing but in its own folders" '' "$(changed "$helper" | outside "$kept")"
	# the same host, with a module that lets everybody in
	: >"$host" && rm -f "$helper"
	cp "/etc/pam.d/$1" "$NS/tmp/stack"
	sed -i "s|^\\(auth\\) .*pam_latchkey.*|auth sufficient pam_permit.so|; s|^\\([a-z]*\\) .*pam_latchkey.*|\\1 required pam_permit.so|" "/etc/pam.d/$1"
}
# without HOST STATUS: what it opens then is the host's own
without() {
	expect_eq "$1: so it is without us" 0 "$2"
	paths "$host" >"$NS/log/$1.without"
	expect_eq "$1: with us the host opens but ours besides" '' \
		"$(grep -v -x -F -f "$NS/log/$1.without" "$NS/log/$1.host" | outside "$ours_in_host")"
	cp "$NS/tmp/stack" "/etc/pam.d/$1"
	: >"$host"
}
kept='/dev/null|/run/latchkey.*|/var/cache/latchkey.*|/var/lib/latchkey.*|\.?[0-9a-f]{32}.*|\.?(alice|bob)(\.[0-9]+)?|\.?(decoy|metadata|keys|refetch|known|budgets|lock).*'
ours_in_host="$STAGE/.*|$NS/bin/traced|/dev/(null|log)|/proc/(self|[0-9]+)/(stat|fd/?)|/proc/sys/kernel/random/boot_id|/run/latchkey.*|[0-9a-f]{32}(\\.taken)?|/dev/pts/[0-9]+"
script() {
	cat <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last $1
		send \\r
	SCRIPT
}

script alice | person trace -u bob su alice -c true
judge su $?
person trace -u bob su alice -c true </dev/null
without su $?
script alice | person trace -u alice sudo -k true
judge sudo $?
person trace -u alice sudo -k true </dev/null
without sudo $?
# polkit's helper fails in the end, for want of a bus: what PAM said of bob is in the log
polkit=/usr/lib/polkit-1/polkit-agent-helper-1
mkfifo "$NS/log/answers"
answer() {
	: >"$NS/log/said"
	trace -u alice $polkit bob <"$NS/log/answers" >"$NS/log/said" 2>&1 &
	agent=$!
	exec 3>"$NS/log/answers"
	echo a-cookie >&3
	[ -z "$1" ] || wait_for 20 "the prompt" grep -q "^PAM_PROMPT_ECHO_ON .*$ENTER" "$NS/log/said"
	[ -z "$1" ] || ctl approve last "$1"
	echo >&3
	exec 3>&-
	wait "$agent"
	! grep -q 'pam_.* failed' "$NS/log/said"
}
if [ -u $polkit ]; then # from 127 on it is no setuid program, and starts in a sandbox: see polkit.sh
	answer bob
	judge polkit-1 $?
	answer ''
	without polkit-1 $?
fi

# sshd starts itself anew for each connection unless it is told not to; from 9.8 on it is another program that has PAM
session=/usr/lib/openssh/sshd-session
real=$(command -v sshd)
if [ -x "$session" ]; then
	printf '#!/bin/sh\nexec %s/bin/trace -D %s "$@"\n' "$NS" "$session" >"$NS/bin/session"
	chmod +x "$NS/bin/session"
	start_sshd "SshdSessionPath $NS/bin/session"
else
	printf '#!/bin/sh\nexec %s/bin/trace %s -r "$@"\n' "$NS" "$real" >"$NS/bin/sshd"
	chmod +x "$NS/bin/sshd"
	start_sshd
fi
: >"$host"
script alice | person_ssh alice true
judge sshd $?
person_ssh alice true </dev/null
without sshd $?

# util-linux hangs its terminal up, and is its leader: strace stays out of the session
as_alice() { printf 'expect login:\nsend alice\\r\n'; "$@"; printf 'expect $\nsend exit\\r\n'; }
as_alice script alice | person trace -DDD login
judge login $?
as_alice true | person trace -DDD login
without login $?
