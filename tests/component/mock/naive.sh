#!/bin/sh
# timeout: 300
# What libjwt 1.10.2 makes of the tokens when nothing else looks at them: the forms that it accepts, and those that it
# refuses, are the known ones. Proof that the scenarios bite, and why no login is verified with it.
# shellcheck source=/dev/null # by path
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/lib.sh"
top=${top_builddir:-.} known=${top_srcdir:-.}/tests/data/libjwt-1.10.2.txt
[ -x "$top/latchkey-mock-idp" ] || exit 99
version=$(pkg-config --modversion libjwt 2>/dev/null)
[ "$version" = 1.10.2 ] || skip "libjwt is ${version:-of unknown version}, the known forms are those of 1.10.2"
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT

grep -v '^#' "$known" | grep . >"$dir/known"
# shellcheck disable=SC2046 # names
"$top/tests/component/mock/naive" "$top/latchkey-mock-idp" $(cut -d' ' -f2 "$dir/known") >"$dir/found" || {
	cat "$dir/found"
	fail "some have no token"
}
diff -u "$dir/known" "$dir/found" >"$dir/diff" || fail "libjwt judges otherwise:
$(cat "$dir/diff")"
ok "$(grep -c ^accepts "$dir/found") accepted, $(grep -c ^refuses "$dir/found") refused, $(grep -c ^crashes "$dir/found") not survived"
