#!/bin/sh
# The host matrix: a whole login in a host in any state; it is right or refused rightly, and the host stays as it was. H-55
# timeout: 180
. "$(dirname "$0")/../support/e2e.sh"

AT_ONCE=6 # cells that run at a time: a login mostly waits

# CELL | HOST | STATES | what authenticate may give | a reason in the log, where it is refused
# HOST is how the program runs: root (sshd, login), setuid (su, sudo: real uid alice's), chroot (without /proc), or dead (root, and
# a helper that ends at once: nobody reads what we send), or named (root, and a provider with a name to resolve, which takes a
# thread; it is none, and that is what must be found). LIFTED is SUCCESS where root may raise its limits again; in a container that
# lacks CAP_SYS_RESOURCE it is SYSTEM_ERR as well, where too little is left.
cells() {
	cat <<-'CELLS'
		chld-default         | root   |                            | SUCCESS
		chld-ignored         | root   | chld=ign                   | SUCCESS
		chld-nocldwait       | root   | chld=nocldwait             | SUCCESS
		chld-handler         | root   | chld=handler               | SUCCESS
		chld-thread          | root   | chld=thread                | SUCCESS
		pipe-ignored         | root   | pipe=ign                   | SUCCESS
		pipe-default-dead    | dead   |                            | SYSTEM_ERR          | helper.gone
		pipe-ignored-dead    | dead   | pipe=ign                   | SYSTEM_ERR          | helper.gone
		int-ignored          | root   | int=ign                    | SUCCESS
		int-blocked          | root   | int=blocked quit=blocked   | SUCCESS
		int-pending          | root   | int=pending                | CONV_ERR            | conv.*
		quit-pending         | root   | quit=pending               | CONV_ERR            | conv.*
		umask-0              | root   | umask=0                    | SUCCESS
		umask-777            | root   | umask=777                  | SUCCESS
		close-0              | root   | close=0                    | SUCCESS
		close-1              | root   | close=1                    | SUCCESS
		close-2              | root   | close=2                    | SUCCESS
		close-01             | root   | close=01                   | SUCCESS
		close-02             | root   | close=02                   | SUCCESS
		close-12             | root   | close=12                   | SUCCESS
		close-012            | root   | close=012                  | SUCCESS
		fsize-0              | root   | fsize=0                    | LIFTED              | helper.gone sys.*
		fsize-1              | root   | fsize=1                    | LIFTED              | helper.gone sys.*
		cpu-1                | root   | cpu=1                      | LIFTED              | helper.gone sys.*
		nproc-0              | root   | nproc=0                    | LIFTED              | helper.gone sys.*
		nproc-1000           | root   | nproc=1000                 | LIFTED              | helper.gone sys.*
		nproc-2000           | root   | nproc=2000                 | SUCCESS
		soft-nproc           | root   | soft-nproc=0               | SUCCESS
		soft-nproc-named     | named  | soft-nproc=1               | AUTHINFO_UNAVAIL    | disc.status
		core-0               | root   | core=0                     | SUCCESS
		stack-64k            | root   | stack=65536                | SUCCESS SYSTEM_ERR  | helper.*
		data-1m              | root   | data=1048576               | SUCCESS SYSTEM_ERR  | helper.* sys.* nomem
		as-1m                | root   | as=1048576                 | SYSTEM_ERR BUF_ERR  | helper.* sys.* nomem
		as-16m               | root   | as=16777216                | SUCCESS SYSTEM_ERR  | helper.* sys.* nomem
		as-256m              | root   | as=268435456               | LIFTED              | helper.gone sys.*
		soft-fsize           | root   | soft-fsize=0               | SUCCESS
		soft-cpu             | root   | soft-cpu=1                 | SUCCESS
		soft-as              | root   | soft-as=268435456          | SUCCESS
		soft-all             | setuid | soft-fsize=0 soft-cpu=1 soft-as=268435456 soft-nproc=0 soft-core=0 soft-nofile=16 | SUCCESS
		nofile-16-named      | named  | nofile=16                  | AUTHINFO_UNAVAIL SYSTEM_ERR | disc.status sys.* helper.*
		as-64m-named         | named  | as=67108864                | AUTHINFO_UNAVAIL SYSTEM_ERR | disc.status sys.* helper.*
		cwd-deleted          | root   | cwd=deleted                | SUCCESS
		poison               | root   | env=POISON                 | SUCCESS
		no-proc              | chroot |                            | SYSTEM_ERR          | ticket.proc
		setuid               | setuid |                            | SUCCESS
		setuid-poison        | setuid | env=POISON                 | SUCCESS
		setuid-cwd-deleted   | setuid | cwd=deleted                | SUCCESS
		setuid-fsize         | setuid | fsize=0                    | LIFTED              | helper.gone sys.*
		setuid-nproc         | setuid | nproc=1                    | LIFTED              | helper.gone sys.*
		setuid-cpu           | setuid | cpu=1                      | LIFTED              | helper.gone sys.*
		setuid-as            | setuid | as=8388608                 | SYSTEM_ERR BUF_ERR  | helper.* sys.* nomem
		setuid-all           | setuid | chld=ign pipe=ign int=blocked umask=0 close=012 fsize=0 nproc=0 core=0 cwd=deleted env=POISON | LIFTED | helper.gone sys.*
	CELLS
	for n in 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		for h in root setuid; do
			echo "soft-nofile-$n-$h | $h | soft-nofile=$n | SUCCESS SYSTEM_ERR | helper.* sys.* sys"
			echo "nofile-$n-$h | $h | nofile=$n | SUCCESS SYSTEM_ERR | helper.* sys.* sys"
		done
	done
}

# --- the world

start_mock
ctl auto alice >/dev/null
write_conf
# our module alone: what comes out is its own
for s in sshd dead su; do
	pam_service $s <<-'PAM'
		auth     required pam_latchkey.so
		account  required pam_latchkey.so
		session  required pam_latchkey.so
	PAM
done
sed -i 's|$| helper=/bin/true|' /etc/pam.d/dead
sed "s|^issuer.*|issuer = $(echo "$MOCK_ISSUER" | sed 's/127.0.0.1/localhost/')|" /etc/latchkey/latchkey.conf >/etc/latchkey/named.conf
sed -i 's|$| conf=/etc/latchkey/named.conf|' /etc/pam.d/su
cp "$NS/bin/pamhost" "$NS/bin/pamhost-suid" && chmod 4755 "$NS/bin/pamhost-suid"

# A root folder without /proc: / once more, without what is mounted below it, but for what a login needs.
make_jail() {
	mkdir "$NS/jail"
	mount --bind / "$NS/jail"
	for d in /etc /run /dev /tmp /var/cache /var/lib "$NS" "$STAGE"; do
		mkdir -p "$NS/jail$d" 2>/dev/null
		mount --bind "$d" "$NS/jail$d" || fail "cannot show $d in the jail"
	done
	[ ! -e "$NS/jail/proc/self" ] || mount -t tmpfs none "$NS/jail/proc" || fail "cannot hide /proc in the jail"
	chroot "$NS/jail" test ! -e /proc/self || fail "the jail has a /proc"
}

# A trap behind each variable: who goes by it leaves a trace.
POISON=$NS/tmp/poison
make_poison() {
	mkdir -m 777 "$POISON"
	badserver plain "$POISON/proxy.pem" >"$NS/log/proxy.port" 2>"$NS/log/proxy" &
	wait_for 5 "the proxy" grep -q . "$NS/log/proxy.port"
	proxy=http://127.0.0.1:$(cat "$NS/log/proxy.port")
	for f in ca.pem openssl.cnf .netrc .curlrc; do echo "not what it should be" >"$POISON/$f"; done
	touch -a -d '2001-01-01' "$POISON"/*.pem "$POISON/openssl.cnf" "$POISON/.netrc" "$POISON/.curlrc"
	printf '#include <fcntl.h>\n__attribute__((constructor)) static void f(void){(void)open("%s",O_CREAT|O_WRONLY,0666);}\n' \
		"$POISON/trace-preload" >"$NS/tmp/preload.c"
	${CC:-cc} -shared -fPIC -o "$POISON/preload.so" "$NS/tmp/preload.c" || skip "no C compiler for a library that leaves a trace"
	cp "$POISON/preload.so" "$POISON/libc.so.6"
	cat >"$NS/poison" <<-POISON
		https_proxy=$proxy
		HTTPS_PROXY=$proxy
		http_proxy=$proxy
		all_proxy=$proxy
		ALL_PROXY=$proxy
		SSL_CERT_FILE=$POISON/ca.pem
		SSL_CERT_DIR=$POISON
		CURL_CA_BUNDLE=$POISON/ca.pem
		OPENSSL_CONF=$POISON/openssl.cnf
		OPENSSL_MODULES=$POISON
		OPENSSL_ENGINES=$POISON
		SSLKEYLOGFILE=$POISON/trace-keylog
		LD_PRELOAD=$POISON/preload.so
		LD_AUDIT=$POISON/preload.so
		LD_LIBRARY_PATH=$POISON
		LD_DEBUG=libs
		LD_DEBUG_OUTPUT=$POISON/trace-lddebug
		LOCPATH=$POISON
		HOME=$POISON
		CURL_HOME=$POISON
		TZ=:$POISON/tz
		RES_OPTIONS=ndots:15 timeout:30
		HOSTALIASES=$POISON/hosts
		GCONV_PATH=$POISON
		MALLOC_TRACE=$POISON/trace-malloc
		TMPDIR=$POISON
		PATH=$POISON
		LANG=C
		LC_ALL=de_DE.UTF-8
		LATCHKEY_TICKET=00112233445566778899aabbccddeeff
	POISON
}

make_jail
make_poison
LIFTED="SUCCESS SYSTEM_ERR"
! prlimit --fsize=1:1 prlimit --fsize=2:2 true 2>/dev/null || LIFTED=SUCCESS
set -f # a reason's * is no file

# --- one cell

states_of() { echo "$1" | sed "s|POISON|$NS/poison|"; }

run_cell() { # NAME HOST STATES
	# shellcheck disable=SC2046
	set -- "$1" "$2" $(states_of "$3")
	name=$1 how=$2
	shift 2
	{
		case $how in
		root) env -i timeout 50 "$NS/bin/pamhost" sshd alice "$@" ;;
		dead) env -i timeout 50 "$NS/bin/pamhost" dead alice "$@" ;;
		named) env -i timeout 50 "$NS/bin/pamhost" su alice "$@" ;;
		setuid) setpriv --reuid alice --regid alice --clear-groups timeout 50 env -i "$NS/bin/pamhost-suid" sshd alice "$@" ;;
		chroot) timeout 50 chroot "$NS/jail" env -i "$NS/bin/pamhost" sshd alice "$@" ;;
		esac
		echo "status $?"
	} </dev/null 2>&1 | cat >"$NS/log/cell.$name" # by a pipe: the limits are for files
}

trim() { echo "$1" | sed 's/^ *//; s/ *$//'; }

MISSED=''
miss() {
	echo "not ok - $name: $*"
	sed 's/^/    | /' "$NS/log/cell.$name"
	MISSED="$MISSED $name"
}

# reason_of FILE: by the login id that the person saw, or, where no helper had one, by the host's pid
reason_of() {
	id=$(sed -n 's/^screen .*(login \([0-9a-f]*\)).*/\1/p' "$1")
	pid=$(sed -n 's/^pid //p' "$1")
	grep -e "login=${id:-none-at-all} " -e "pamhost\[$pid\]: .*event=authenticate" "$SYSLOG" |
		sed -n 's/.*reason=\([^ ]*\).*/\1/p' | head -n 1
}

judge_refusal() { # REASONS
	reason=$(reason_of "$out")
	for r in $1; do
		# shellcheck disable=SC2254
		case $reason in $r) return ;; esac
	done
	miss "wanted one of $1, got ${reason:-no reason}"
}

judge_cell() { # NAME CODES REASONS
	out=$NS/log/cell.$name
	reason='' code=$(sed -n 's/^authenticate //p' "$out")
	! grep -q '^changed' "$out" || miss "the host is not what it was"
	case " $1 " in *" ${code:-none} "*) ;; *) miss "wanted $1, got ${code:-no code}" ;; esac
	case $code in
	SUCCESS)
		for call in acct_mgmt setcred open_session close_session delete end; do
			grep -q "^$call SUCCESS" "$out" || miss "no $call SUCCESS"
		done
		grep -q "^groups.* $ADMINS\$" "$out" || miss "the session lacks the group that was earned"
		;;
	*)
		! grep -q "^groups.* $ADMINS" "$out" || miss "a group without a login"
		judge_refusal "$2"
		;;
	esac
	ok "$name: $code ${reason:-}"
}

ADMINS=$(getent group admins-local | cut -d: -f3)
cells | sed 's/ *| */|/g' >"$NS/cells"
batch=''
while IFS='|' read -r name how states _ <&3; do
	run_cell "$name" "$how" "$states" &
	batch="$batch $!"
	# shellcheck disable=SC2086
	[ "$(echo "$batch" | wc -w)" -lt $AT_ONCE ] || { wait $batch; batch=''; }
done 3<"$NS/cells"
# shellcheck disable=SC2086
[ -z "$batch" ] || wait $batch # alone it would wait for the provider too
while IFS='|' read -r name how states codes reasons <&3; do
	judge_cell "$(trim "$codes" | sed "s/LIFTED/$LIFTED/")" "$(trim "$reasons")"
done 3<"$NS/cells"

unset MOCK_CTL # its journal is long, and tells nothing here
expect_eq "nothing that a host can bring about is AUTHINFO_UNAVAIL" "" "$(grep verdict=unavailable "$SYSLOG" | grep -v disc.status)"
expect_eq "the proxy of the environment was never asked" 0 "$(grep -c connection "$NS/log/proxy")"
expect_eq "no file was made where the environment points" "" "$(find "$POISON" -name 'trace-*')"
expect_eq "and none was opened there" "" "$(find "$POISON" -type f -newerat '2001-01-02' ! -name '*.so*' ! -name proxy.pem)"
expect_eq "what was written is root's alone" "" "$(find /run/latchkey /var/cache/latchkey ! -type d -perm /077)"
expect_eq "no folder of it is open" "" "$(find /run/latchkey /var/cache/latchkey -type d -perm /022)"
expect_eq "no ticket is left over" "" "$(find /run/latchkey/tickets -type f)"
[ -z "$MISSED" ] || fail "cells that are not as the table says:$MISSED"
logins_end
