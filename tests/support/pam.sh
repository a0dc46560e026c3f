# shellcheck shell=sh
# PAM without root: the built module under pam_wrapper and nss_wrapper, driven by pamtester. Sourced.
#   T              a folder for this test, readable by all
#   service NAME   <lines: a stack; pam_latchkey.so becomes the built one
#   pam USER SERVICE OPERATION...   pamtester as nobody; its words in $T/out; answers on stdin

: "${top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd -P)}"
: "${top_builddir:=$top_srcdir/build/check}"
. "$top_srcdir/tests/support/lib.sh"

command -v pamtester >/dev/null || skip "pamtester is not installed"
T=$(mktemp -d) || exit 99
trap 'rm -rf "$T"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$T"
mkdir "$T/svc"
# copies: the clone may lie in a folder that is closed to nobody
cp "$top_builddir/.libs/pam_latchkey.so" "$T/pam_latchkey.so" || fail "no built module"
for helper in "$top_builddir/tests/support/fakehelper" "$top_builddir/tests/component/fakehelper"; do
	[ ! -f "$helper" ] || cp "$helper" "$T/fakehelper"
done
cat >"$T/passwd" <<-PASSWD
	root:x:0:0:root:/:/bin/sh
	alice:x:4001:4001::$T:/bin/sh
	bob:x:4002:4002::$T:/bin/sh
	nobody:x:65534:65534::/:/bin/false
PASSWD
printf 'root:x:0:\nalice:x:4001:\nbob:x:4002:\nadmins-local:x:4100:\nnobody:x:65534:\n' >"$T/group"
printf 'auth required pam_deny.so\naccount required pam_deny.so\nsession required pam_deny.so\npassword required pam_deny.so\n' >"$T/svc/other"

on_failure() { [ ! -f "$T/out" ] || sed 's/^/	| /' "$T/out"; }

service() { sed "s|pam_latchkey\\.so|$T/pam_latchkey.so|" >"$T/svc/$1"; }

pam() {
	pam_user=$1 pam_service=$2
	shift 2
	unprivileged env -i PATH="$PATH" LC_ALL=C HOME="$T" ${FAKEHELPER:+FAKEHELPER="$FAKEHELPER"} \
		LD_PRELOAD="libpam_wrapper.so libnss_wrapper.so" PAM_WRAPPER=1 PAM_WRAPPER_SERVICE_DIR="$T/svc" \
		NSS_WRAPPER_PASSWD="$T/passwd" NSS_WRAPPER_GROUP="$T/group" TMPDIR=/tmp \
		pamtester -v -I rhost=192.0.2.9 "$pam_service" "$pam_user" "$@" >"$T/out" 2>&1
}

unprivileged() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}
