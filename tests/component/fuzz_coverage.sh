#!/bin/sh
# timeout: 300
# How much of what a fuzz target is for its corpus reaches: above 90 % of the lines of each file, or this fails.
# The target and its files are compiled anew, with gcc's counters; all else is as the build has it.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}" "${CC:=cc}"

# every target, and the files that it is for
table() {
	cat <<'TABLE'
b64url        common/b64url.c
callback      helper/oidc/callback.c helper/oidc/reqhead.c
conf          common/conf.c
devauth       helper/oidc/devauth.c
http_read     mock_idp/wire/http_read.c
idtoken       helper/oidc/idtoken.c helper/oidc/athash.c fuzz/recheck.c
ipc           helper/ipc.c
jwk           helper/oidc/jwk.c
jwks          helper/oidc/jwks.c
jwthead       helper/oidc/jwthead.c
metadata      helper/oidc/metadata.c
mock_control  mock_idp/control/control.c
mock_script   mock_idp/script/rule.c
mock_token    mock_idp/jose/mint.c mock_idp/jose/jwkset.c
msg           proto/msg.c
par           helper/oidc/par.c
policy        helper/policy/verdict.c helper/policy/rules.c helper/policy/bind.c helper/policy/ceiling.c helper/policy/pin.c helper/policy/demand.c
reply         helper/worker/reply.c
ticket        proto/ticket.c
token         helper/oidc/token.c helper/oidc/oautherr.c
url           common/url.c
userinfo      helper/oidc/userinfo.c helper/oidc/claims.c
TABLE
}

# lines TARGET INPUTS FILE: what gcov says of it
lines() {
	o=$(echo "${3%.c}.o" | tr / _)
	gcov -n "$o" | awk -v target="$1" -v inputs="$2" -v file="$3" '
		$1 == "File" { here = index($0, "/" file "\047") > 0 }
		here && /^Lines executed/ {
			split($2, part, "[:%]")
			good = part[2] > 90
			printf "%-4s %-13s %4d inputs  %6.2f %%  %s\n", (good ? "ok" : "FAIL"), target, inputs, part[2], file
			found = 1
			here = 0
		}
		END {
			if (!found) print "FAIL " target ": no counters for " file
			exit !(found && good)
		}'
}

# measure TARGET FILE...: the counted files stand before the archives, which then have nothing to add to them
measure() {
	target=$1 objects='' rc=0
	shift
	mkdir "$work/$target"
	cd "$work/$target"
	for f in "fuzz/fuzz_$target.c" "$@"; do
		o=$(echo "${f%.c}.o" | tr / _)
		eval "$CC -std=c11 -O0 --coverage $cppflags -c" '"$top_srcdir/$f" -o "$o"' || return
		objects="$objects $o"
	done
	# the mock shares names with what it tests
	case $target in
	mock_* | http_read) of='libmock libmockworld libmocktexts' ;;
	*) of='libworker libmint' ;;
	esac
	# shellcheck disable=SC2046,SC2086 # lists
	$CC --coverage -o "fuzz_$target" $objects \
		-Wl,--start-group $(printf "$top_builddir/.libs/%s.a " $of libproto libcommon libreplay) -Wl,--end-group $libs || return
	"./fuzz_$target" >said || { cat said; return 1; }
	read -r inputs _ <said
	for f in "$@"; do lines "$target" "$inputs" "$f" || rc=1; done
	return $rc
}

gcov --version >/dev/null 2>&1 || { echo "SKIP: gcov is not installed"; exit 77; }
$CC --version | grep -q 'Free Software Foundation' || { echo "SKIP: $CC is not gcc, and gcov is"; exit 77; }
for f in "$top_srcdir"/fuzz/fuzz_*.c; do
	t=${f##*/fuzz_}
	table | grep -q "^${t%.c} " || { echo "FAIL ${t%.c}: no row in $0 says which files it is for"; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cppflags=$(make -s --no-print-directory -C "$top_builddir" print-cppflags)
libs=$(make -s --no-print-directory -C "$top_builddir" print-libs)
rc=0
while read -r row; do
	# shellcheck disable=SC2086 # a target and its files
	(measure $row) || rc=1
done <<EOF
$(table)
EOF
exit $rc
