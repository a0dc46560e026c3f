#!/bin/sh
# timeout: 10800
# Each target of fuzz/ for FUZZ_SECONDS (600) under libFuzzer, with ASan and UBSan, as many at a time as there are cores.
# What was found in earlier runs, corpus and crashes, stays in build/fuzz and is tried again first.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}" "${FUZZ_SECONDS:=600}"

# can CC...: libFuzzer comes with clang, but not everywhere
can() {
	t=$(mktemp)
	echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d == 0 && n != 0; }' |
		"$@" -fsanitize=fuzzer,address,undefined -x c - -o "$t" >/dev/null 2>&1
	set -- $?
	rm -f "$t"
	return "$1"
}

# members NAME DIR FILE...: the value of each member of that name, array or object, in a file of its own in DIR
members() {
	want="\"$1\":" to=$2
	shift 2
	mkdir -p "$to"
	for f in "$@"; do
		tr '\n' ' ' <"$f"
		echo
	done | awk -v want="$want" -v to="$to/${want%\":}" '{
		gsub(/  +/, " ")
		for (s = $0; (i = index(s, want)) > 0; s = substr(s, k + 1)) {
			s = substr(s, i + length(want) + 1)
			depth = text = 0
			for (k = 1; k <= length(s); k++) {
				c = substr(s, k, 1)
				if (c == "\\") k++
				else if (c == "\"") text = !text
				else if (!text && (c == "[" || c == "{")) depth++
				else if (!text && (c == "]" || c == "}")) depth--
				if (!text && depth == 0) break
			}
			if (s ~ /^[[{]/) {
				out = to "." ++n
				v = substr(s, 1, k)
				print (want ~ /rules/ ? "{ " want v " }" : v) >out
				close(out)
			}
		}
	}'
}

# More to begin with than what the repository has for make check: what the mock's own scenarios say.
seeds() {
	rm -rf seeds
	scenarios=$top_srcdir/mock_idp/scenarios
	members rules seeds/mock_script "$scenarios"/*.json
	members token seeds/mock_token "$scenarios"/*.json
	members jwks seeds/mock_token "$scenarios"/*.json
	[ "$(find seeds -type f | wc -l)" -gt 500 ] || { echo "the scenarios' rules are not found any more"; exit 1; }
}

# said WORD LOG: the last number behind WORD
said() { sed -n "s/.*$1 *\([0-9][0-9]*\).*/\1/p" "$2" | tail -n 1; }

# one NAME: covered lines ("cov") must grow over what nothing at all covers, or the libraries are not instrumented
one() {
	mkdir -p "corpus/$1" "found/$1" "seeds/$1" logs none
	log=logs/$1.log rc=0
	"fuzz/fuzz_$1" -runs=1 none >"$log" 2>&1 || :
	least=$(said cov: "$log")
	"fuzz/fuzz_$1" -max_total_time="$FUZZ_SECONDS" -timeout=30 -rss_limit_mb=3072 -print_final_stats=1 \
		-artifact_prefix="found/$1/" "corpus/$1" "found/$1" "seeds/$1" "$top_srcdir/fuzz/corpus/$1" >"$log" 2>&1 || rc=$?
	most=$(said cov: "$log")
	printf '%s %-14s %12s executions, cov %s to %s, corpus %s\n' "$([ $rc -eq 0 ] && echo ok || echo FAIL)" "$1" \
		"$(said stat::number_of_executed_units: "$log")" "$least" "$most" "$(find "corpus/$1" -type f | wc -l)"
	[ $rc -eq 0 ] || {
		grep -e '^SUMMARY' -e '^==.*ERROR' -e 'Test unit written' "$log" || tail -n 5 "$log"
		echo "      log: $PWD/$log"
		return 1
	}
	[ "${most:-0}" -gt "${least:-0}" ] || {
		echo "FAIL $1: no coverage beyond that of no input"
		return 1
	}
}

if [ "${1:-}" = --one ]; then
	one "$2"
	exit
fi
can clang || { echo "SKIP: clang with its libFuzzer is not installed"; exit 77; }
case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac
mkdir -p "$top_builddir/../fuzz"
cd "$top_builddir/../fuzz"
[ -f Makefile ] || CC=clang "$top_srcdir/configure" -q --enable-fuzzing --enable-sanitizers --prefix="$PWD/stage"
targets=$(cd "$top_srcdir/fuzz" && ls fuzz_*.c)
# shellcheck disable=SC2046 # a list of names
make -j"$(nproc)" $(echo "$targets" | sed 's|^|fuzz/|; s|\.c$||') >build.log 2>&1 || { tail -n 20 build.log; exit 1; }
seeds
export top_srcdir top_builddir FUZZ_SECONDS
printf '%s\n' "$targets" | sed 's/^fuzz_//; s/\.c$//' | xargs -P "$(nproc)" -n 1 "$self" --one
