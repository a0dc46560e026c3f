#!/bin/sh
# timeout: 3600
# Everything into which no other program has to load the module, under ASan and UBSan: what make check runs, the mock provider
# as its clients see it, and helper and worker against each scenario.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
"$top_srcdir/scripts/build-tree" "$top_builddir/../asan" --enable-werror --enable-sanitizers
cd "$top_builddir/../asan"
make -j"$(nproc)" check

# whatever a process dies of is in a file then, whoever looks at its end
rm -rf said
mkdir said
ASAN_OPTIONS=log_path=$PWD/said/of UBSAN_OPTIONS=log_path=$PWD/said/of:print_stacktrace=1 top_builddir=$PWD
STAGE=$PWD/stage
export ASAN_OPTIONS UBSAN_OPTIONS STAGE top_builddir
bench/mock_logins --logins 400 --at-once 200 --grow any --patience 120 ./latchkey-mock-idp
failed=''
for t in "$top_srcdir"/tests/component/mock/*.sh "$top_srcdir"/tests/helper/hostile_*.sh "$top_srcdir"/tests/helper/login.sh \
	"$top_srcdir"/tests/helper/explain.sh; do
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
