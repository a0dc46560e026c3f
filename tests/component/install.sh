#!/bin/sh
# What make install brings, make uninstall takes away; and a release holds every file that this tree is made of.
. "${top_srcdir:?}/tests/support/lib.sh"
: "${top_builddir:?}"
unset MAKEFLAGS MFLAGS
dest=$(mktemp -d) || exit 99
trap 'rm -rf "$dest" "$top_builddir"/latchkey-[0-9]*' EXIT
trap 'exit 1' HUP INT TERM

make -s -C "$top_builddir" DESTDIR="$dest" install >"$dest.log" 2>&1 || fail "make install: $(tail -n 5 "$dest.log")"
rm -f "$dest.log"
for f in pam_latchkey.so latchkey-helper latchkey-worker latchkey-mock-idp latchkey.conf pam_latchkey.8 latchkey.conf.5 latchkey-helper.8 \
	latchkey-mock-idp.1 latchkey-mock-script.5 policy.md reasons.md troubleshooting.md; do
	[ -n "$(find "$dest" -name "$f" -type f)" ] || fail "make install brings no $f"
done
ok "make install brings programs, module, vendor file, pages and documents"
make -s -C "$top_builddir" DESTDIR="$dest" uninstall >/dev/null 2>&1 || fail "make uninstall"
expect_eq "make uninstall takes all of it away" '' "$(find "$dest" ! -type d)"

make -s -C "$top_builddir" distdir >/dev/null 2>&1 || fail "make distdir"
missing=$(cd "$top_srcdir" && find common proto pam_module helper cli mock_idp tests fuzz bench scripts man doc packaging m4 check demo README.md SECURITY.md \
	CHANGELOG.md CONTRIBUTING.md LICENSE FLOORS Makefile.am configure.ac -type f ! -name '*.o' ! -name '*.lo' ! -name '.*' ! -path '*/.deps/*' ! -path '*/.libs/*' |
	grep -v -e '^m4/l[tib]' -e '^tests/.*/\.dirstamp' | while read -r f; do
	[ -f "$(echo "$top_builddir"/latchkey-[0-9]*)/$f" ] || echo "$f"
done)
expect_eq "a release holds every file of the tree" '' "$missing"
