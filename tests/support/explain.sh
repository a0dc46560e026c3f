# shellcheck shell=sh
# Sourced: latchkey explain on a host that is thought of, by nss_wrapper; no provider, no root.
#   $dir              a folder of our own, readable by all: passwd, group, pins
#   explain ARG...    with the accounts in $dir/passwd; its output in $dir/out (both streams), its status in $status
# shellcheck disable=SC2034 # status, as_nobody: for those who source this
: "${top_builddir:?}"
LD_PRELOAD=libnss_wrapper.so true 2>&1 | grep -q 'cannot be preloaded' && skip "libnss_wrapper.so is not installed"
! readelf -d "$top_builddir/latchkey" | grep -q 'lib[atu][a-z]*san' || skip "nss_wrapper does not go with a sanitizer"
dir=$(mktemp -d) || exit 99
trap 'chmod -R u+rwx "$dir"; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$dir"
as_nobody=
[ "$(id -u)" != 0 ] || as_nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"

cat >"$dir/passwd" <<'PASSWD'
root:x:0:0::/root:/bin/sh
www-data:x:33:33::/var/www:/usr/sbin/nologin
alice:x:1000:1000::/home/alice:/bin/bash
bob:x:1001:1001::/home/bob:/bin/bash
carol:x:1002:1002::/home/carol:/bin/bash
deploy:x:1003:1003::/srv/deploy:/bin/bash
PASSWD
cat >"$dir/group" <<'GROUP'
root:x:0:
adm:x:4:
sudo:x:27:carol
www-data:x:33:
docker:x:999:
alice:x:1000:
bob:x:1001:
carol:x:1002:
deploy:x:1003:
GROUP

# as=COMMAND runs it as somebody else
explain() {
	# shellcheck disable=SC2086 # words of a command, or none
	${as:-} env LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_GROUP="$dir/group" \
		"$top_builddir/latchkey" explain --pins "$dir/state/pins" "$@" >"$dir/out" 2>&1
	status=$?
}
