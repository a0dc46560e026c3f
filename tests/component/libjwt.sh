#!/bin/sh
# Which libjwt configure takes: 1.10 to 1.18, whose interface is one. What it says to others.
. "${top_srcdir:?}/tests/support/lib.sh"
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$dir/pc" "$dir/build"

# configure_with VERSION: what it says of libjwt; after that nobody listens
configure_with() {
	printf 'Name: libjwt\nDescription: none\nVersion: %s\nLibs: -ljwt\nCflags:\n' "$1" >"$dir/pc/libjwt.pc"
	(cd "$dir/build" && PKG_CONFIG_PATH=$dir/pc "$top_srcdir/configure" 2>&1) | sed -n '/libjwt.*\.\.\. yes/{p;q};/error:.*libjwt/{p;q}'
}
expect_eq "its calls stand in one file of each program, for a second back end" "helper/oidc/assertion.c mock_idp/jose/sign.c" \
	"$(cd "$top_srcdir" && grep -rl --include='*.[ch]' '<jwt\.h>' common proto pam_module helper cli mock_idp | sort | tr '\n' ' ' | sed 's/ $//')"
for v in 1.10 1.18.4; do
	expect_eq "libjwt $v will do" yes "$(configure_with $v | sed 's/.*\.\.\. //')"
done
for v in 1.9.0 2.1.1 3.0.0; do
	expect_eq "libjwt $v will not, and configure says why" \
		"configure: error: libjwt is $v, and 1.10 to 1.18 is needed: later ones have another interface (PKG_CONFIG_PATH can name one)" \
		"$(configure_with $v)"
done
