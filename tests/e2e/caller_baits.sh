#!/bin/sh
# What a caller leaves about has no part in a login: descriptors, an environment that names proxies, CAs, configuration and
# preloads, a home full of them. Nothing of it is read, helper and worker hold no file at all, and nothing is written but
# in Latchkey's own folders. C-049, C-066, C-158, H-11
# timeout: 90
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
pam_stack su sudo login polkit-1
write_sudoers
sed -i 's/^allow_groups = linux-admins/allow_groups = linux-users/' /etc/latchkey/latchkey.conf
bait=$NS/bait
mkdir -m 777 "$bait"
for f in ca.pem openssl.cnf proxy lib.so curlrc netrc locale; do echo bait >"$bait/$f"; done
for f in .curlrc .netrc .pam_environment .latchkey.conf openssl.cnf; do echo bait >"$bait/$f"; done
chmod 644 "$bait"/* "$bait"/.[a-z]*
poison="HTTPS_PROXY=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9 SSL_CERT_FILE=$bait/ca.pem
 SSL_CERT_DIR=$bait CURL_CA_BUNDLE=$bait/ca.pem OPENSSL_CONF=$bait/openssl.cnf OPENSSL_ENGINES=$bait OPENSSL_MODULES=$bait
 SSLKEYLOGFILE=$bait/keys CURL_HOME=$bait XDG_CONFIG_HOME=$bait HOME=$bait TMPDIR=$bait LOCPATH=$bait HOSTALIASES=$bait/proxy
 RES_OPTIONS=debug GCONV_PATH=$bait LATCHKEY_CONF=$bait/.latchkey.conf LATCHKEY_TICKET=00112233445566778899aabbccddeeff"
# read times: a relatime mount sets one that is older than the last change
arm() {
	find "$bait" "$NS/home/alice" -type f -exec touch -a -d '2 days ago' {} +
	touch "$NS/log/marker"
	: >"$NS/log/fds"
}
cat >"$NS/bin/look" <<'LOOK'
#!/bin/sh
# at the prompt: what helper and worker hold
. "$top_srcdir/tests/support/lib.sh"
for p in latchkey-helper latchkey-worker; do
	pid=$(ps -C "$p" -o pid= | tr -d ' ') && [ -n "$pid" ] || exit 1
	for fd in "/proc/$pid/fd/"*; do echo "$p ${fd##*/} $(readlink "$fd")"; done
	tr '\0' '\n' <"/proc/$pid/environ" | sed "s/^/$p environment /"
done >"$NS/log/fds"
LOOK
chmod +x "$NS/bin/look"
script() {
	cat <<-SCRIPT
		timeout 30
		expect $ENTER
		run look
		run ctl approve last $1
		send \\r
	SCRIPT
}

# clean HOST: after its login
clean() {
	expect_eq "$1: the login is right" 0 "$2"
	grep -q 'latchkey-worker [0-9]' "$NS/log/fds" || fail "$1: nobody looked"
	expect_eq "$1: helper and worker hold sockets and /dev/null, no file" '' \
		"$(grep -v -e ' environment ' -e ' /dev/null$' -e ' socket:' -e ' anon_inode:\[[a-z]*\]$' "$NS/log/fds" | sed "s|.* pipe:.*worker.*||")"
	expect_eq "$1: with an environment of their own" '' "$(grep -e "$bait" -e '[pP][rR][oO][xX][yY]' "$NS/log/fds")"
	expect_eq "$1: no bait was read" '' "$(find "$bait" "$NS/home/alice" -type f -newerat '1 day ago')"
	expect_eq "$1: nor a file left there" '' "$(find "$bait" -newer "$NS/log/marker" ! -path "$bait")"
	logins_end
	# this world's own folders; sudo's cached login and the list of sessions are the hosts'
	written=$(find /etc /run /var/lib /var/cache /var/mail /var/spool /tmp "$NS/home" -type f -newer "$NS/log/marker" |
		grep -v -e ^/run/latchkey/ -e ^/var/cache/latchkey/ -e ^/var/lib/latchkey/ -e ^/run/sudo/ -e '^/run/utmp$' -e '^/tmp/latchkey-mock-idp')
	expect_eq "$1: nothing is written elsewhere" '' "$written"
}

# leak BAIT COMMAND...: with descriptors that nobody closed, and preloads that only a setuid host is spared
cat >"$NS/bin/leak" <<'LEAK'
#!/bin/sh
exec 7</etc/passwd 8>>/dev/null 9<"$1" 5<"$1"
preload="LD_LIBRARY_PATH=${1%/*} LD_AUDIT=${1%/*}/lib.so LD_PRELOAD=${1%/*}/lib.so"
shift
[ -u "$(command -v "$1")" ] || preload=
exec env $preload "$@"
LEAK
chmod +x "$NS/bin/leak"
# shellcheck disable=SC2086 # a list of settings
from() {
	u=$1
	shift
	person setpriv --reuid "$u" --regid "$u" --init-groups -- env $poison PATH="$PATH" "$NS/bin/leak" "$bait/proxy" "$@"
}

arm
script alice | from bob su alice -c true
clean su $?
arm
script alice | from alice sudo -k true
clean sudo $?
arm
# shellcheck disable=SC2086
{ printf 'expect login:\nsend alice\\r\n'; script alice; printf 'expect $\nsend exit\\r\n'; } |
	person env $poison PATH="$PATH" "$NS/bin/leak" "$bait/proxy" login
clean login $?
# sshd's caller is at the other end: all it has here is a home
cp "$bait"/.[a-z]* "$NS/home/alice/" && chown alice "$NS/home/alice"/.[a-z]*
arm
script alice | person_ssh alice true
clean sshd $?
