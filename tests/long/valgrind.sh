#!/bin/sh
# timeout: 5400
# The unit tests under valgrind: no byte that is not ours, none unset, none lost.
#   valgrind.sh [PROGRAM...]      only these
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"

# Their children become a worker, which has three descriptors and no more; valgrind has some of its own in each process.
apart='tests/unit/helper/test_worker_proc tests/unit/helper/sys/test_confine'

# one PROGRAM: what it forks is watched too
one() {
	said=$(mktemp -d) rc=0
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=99 \
		--log-file="$said/%p" "$1" >"$said/out" 2>&1 || rc=$?
	case " $apart " in *" $1 "*) rc=0 ;; esac
	# what it says of itself, of calls that it does not know, begins otherwise
	find "$said" -type f ! -name out ! -name all -exec grep -h '^==' {} + >"$said/all" || :
	if [ $rc -eq 0 ] && [ ! -s "$said/all" ]; then
		echo "ok   $1"
	else
		grep -v -e '^\[ *\(OK\|RUN\) ' "$said/out" | tail -n 10
		head -n 40 "$said/all"
		echo "FAIL $1: exit status $rc"
		rc=1
	fi
	rm -rf "$said"
	return $rc
}

cd "$top_builddir"
if [ "${1:-}" = --one ]; then
	one "$2"
	exit
fi
command -v valgrind >/dev/null || { echo "SKIP: valgrind is not installed"; exit 77; }
case $0 in /*) self=$0 ;; *) self=$top_srcdir/${0#./} ;; esac
rc=0
# shellcheck disable=SC2046 # a list of names
[ $# -gt 0 ] || set -- $(make -s --no-print-directory print-tests | grep '^tests/unit/')
# those that wait for a server of their own have seconds for it, and one core less would be one too few
printf '%s\n' "$@" | grep -v '^tests/unit/helper/worker/' | xargs -r -P "$(nproc)" -n 1 "$self" --one || rc=1
printf '%s\n' "$@" | grep '^tests/unit/helper/worker/' | xargs -r -n 1 "$self" --one || rc=1
exit $rc
