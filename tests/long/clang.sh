#!/bin/sh
# Another compiler agrees: clang's warnings are errors too.
# timeout: 1200
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
command -v clang >/dev/null || { echo "SKIP: clang is not installed"; exit 77; }
mkdir -p "$top_builddir/../clang"
cd "$top_builddir/../clang"
[ -f Makefile ] || CC=clang "$top_srcdir/configure" -q --enable-werror --prefix="$PWD/stage"
make -j"$(nproc)" all
make -j"$(nproc)" build-tests
exec make -j"$(nproc)" check
