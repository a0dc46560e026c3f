# shellcheck shell=sh
# Sourced by the scripts here: pamtester under pam_wrapper, nss_wrapper and uid_wrapper, as nobody, with the scripted helper.
#   begin            a directory of our own, the module and the helper copied where nobody can read them
#   script < TEXT    what the helper plays
#   service NAME     a service file from standard input; MODULE stands for the module with its arguments
#   tester ARGS...   pamtester; its output in $dir/out, its status in $status
#   want TEXT / refuse TEXT   in $dir/out
set -u
skip() { echo "SKIP: $1"; exit 77; }
fail() { echo "FAIL: $1"; sed 's/^/  | /' "$dir/out"; exit 1; }

begin() {
	: "${top_builddir:?}" "${top_srcdir:?}"
	command -v pamtester >/dev/null || skip "pamtester is not installed"
	wrappers=
	for w in libpam_wrapper.so libnss_wrapper.so libuid_wrapper.so; do
		LD_PRELOAD=$w true 2>&1 | grep -q 'cannot be preloaded' && skip "$w is not installed"
		wrappers="$wrappers $w"
	done
	readelf -d "$top_builddir/.libs/pam_latchkey.so" | grep -q 'lib[atu][a-z]*san' &&
		skip "a sanitizer's module does not load into pamtester"
	as=
	if [ "$(id -u)" = 0 ]; then
		command -v setpriv >/dev/null || skip "setpriv is not installed"
		as="setpriv --reuid 65534 --regid 65534 --clear-groups"
	fi
	dir=$(mktemp -d) || exit 99
	trap 'rm -rf "$dir"' EXIT
	trap 'exit 1' HUP INT TERM
	chmod 755 "$dir" && mkdir "$dir/svc" || exit 99
	cp "$top_builddir/.libs/pam_latchkey.so" "$top_builddir/tests/support/fakehelper" "$dir" || exit 99
	chmod 755 "$dir/pam_latchkey.so" "$dir/fakehelper"
	printf 'root:x:0:0::/root:/bin/sh\nalice:x:1001:1001::/nonexistent:/bin/sh\nbob:x:1002:1002::/nonexistent:/bin/sh\n' >"$dir/passwd"
	printf 'root:x:0:\nalice:x:1001:\nbob:x:1002:\nbreakglass:x:1500:bob\n' >"$dir/group"
	printf 'auth required pam_deny.so\naccount required pam_deny.so\n' >"$dir/svc/other"
	[ "$(id -u)" = 0 ] && chown -R 65534:65534 "$dir"
	: >"$dir/out"
}
script() { cat >"$dir/script"; chmod 644 "$dir/script"; }
service() { sed "s|MODULE|$dir/pam_latchkey.so helper=$dir/fakehelper conf=$dir/script|" >"$dir/svc/$1"; chmod 644 "$dir/svc/$1"; }
tester() {
	$as env -i PATH="$PATH" HOME=/nonexistent LD_PRELOAD="$wrappers" PAM_WRAPPER=1 PAM_WRAPPER_SERVICE_DIR="$dir/svc" \
		UID_WRAPPER=1 UID_WRAPPER_ROOT=1 NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_GROUP="$dir/group" \
		pamtester -v "$@" >"$dir/out" 2>&1
	status=$?
}
want() { grep -qF -- "$1" "$dir/out" || fail "expected: $1"; }
refuse() { ! grep -qF -- "$1" "$dir/out" || fail "not expected: $1"; }
