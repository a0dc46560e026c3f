#!/bin/sh
# Everything that needs no installed module, under ASan and UBSan.
# timeout: 1200
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
mkdir -p "$top_builddir/../asan"
cd "$top_builddir/../asan"
[ -f Makefile ] || "$top_srcdir/configure" -q --enable-werror --enable-sanitizers --prefix="$PWD/stage"
# one after the other: "all" is a make of its own, and both would build the same libraries at once
make -j"$(nproc)" all
make -j"$(nproc)" build-tests
exec make -j"$(nproc)" check
