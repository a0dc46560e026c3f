#!/bin/sh
# The release tarball holds all that it needs: it builds, passes its tests, installs and uninstalls by itself.
# timeout: 1800
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
mkdir -p "$top_builddir/../dist"
cd "$top_builddir/../dist"
[ -f Makefile ] || "$top_srcdir/configure" -q --prefix="$PWD/stage"
exec make -j"$(nproc)" distcheck
