#!/bin/sh
# timeout: 3600
# Everything that needs no installed module, under ASan and UBSan; and the mock provider as its clients see it.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
mkdir -p "$top_builddir/../asan"
cd "$top_builddir/../asan"
[ -f Makefile ] || "$top_srcdir/configure" -q --enable-werror --enable-sanitizers --prefix="$PWD/stage"
# one after the other: "all" is a make of its own, and both would build the same libraries at once
make -j"$(nproc)" all
make -j"$(nproc)" build-tests
make -j"$(nproc)" check

# whatever a process dies of is in a file then, whoever looks at its end
rm -rf said
mkdir said
ASAN_OPTIONS=log_path=$PWD/said/of UBSAN_OPTIONS=log_path=$PWD/said/of:print_stacktrace=1 top_builddir=$PWD
export ASAN_OPTIONS UBSAN_OPTIONS top_builddir
bench/mock_logins --logins 400 --at-once 200 --grow any --patience 120 ./latchkey-mock-idp
failed=''
for t in "$top_srcdir"/tests/component/mock/*.sh; do
	# a sanitizer takes its time
	case $t in */start.sh) continue ;; esac
	echo "${t##*/}"
	rc=0
	"$t" >said.log 2>&1 || rc=$?
	case $rc in 0 | 77) ;; *) failed="$failed ${t##*/}" && cat said.log ;; esac
done
if find said -type f -exec cat {} + | grep .; then
	echo "FAIL: a sanitizer has something to say"
	exit 1
fi
[ -z "$failed" ] || { echo "FAIL:$failed"; exit 1; }
