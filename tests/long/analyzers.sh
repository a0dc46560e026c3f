#!/bin/sh
# timeout: 5400
# gcc -fanalyzer, clang-tidy's analyzer and cppcheck over the product's sources: nothing to say.
# An exception is explained where it stands: as the tool has it (NOLINT, cppcheck-suppress), or for gcc, which has nothing
# that clang would pass over, by "-fanalyzer: why" within three lines of the complaint. gcc 12 loses sight of what is stored
# through two pointers, and calls it a leak.
#   analyzers.sh [FILE...]      only these
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"

# check.c is compiled for kill switches alone, texts.c is bytes that scripts/embed wrote
sources() {
	find common proto pam_module helper cli mock_idp -name '*.c' ! -path helper/oidc/check.c ! -path mock_idp/script/texts.c
}

# unexplained: of complaints "FILE:LINE:...", those whose place does not name the analyzer
unexplained() {
	while IFS= read -r said; do
		file=${said%%:*} rest=${said#*:}
		line=${rest%%:*}
		case $line in *[!0-9]* | '') line=1 ;; esac
		sed -n "$((line > 3 ? line - 3 : 1)),$((line + 3))p" "$file" 2>/dev/null | grep -q -e "$1: " || printf '%s\n' "$said"
	done
}

# one TOOL FILE...: its complaints, a line each
one() {
	tool=$1
	shift
	for f in "$@"; do
		case $tool in
		gcc) eval gcc -std=c11 -O1 -fanalyzer "$flags" -c '"$f"' -o /dev/null 2>&1 | grep -e 'warning:' -e 'error:' | sort -u | unexplained -fanalyzer ;;
		# the order of members is for who reads them; Annex K is not in libc
		clang-tidy) eval clang-tidy --quiet --checks='-*,clang-analyzer-*,-clang-analyzer-optin.performance.Padding,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling' \
			'"$f"' -- -std=c11 "$flags" 2>/dev/null | grep -e 'warning:' -e 'error:' | sed "s|^$PWD/||" ;;
		esac || :
	done
}

# it must see what is wrong, or its silence says nothing
sees() {
	case $1 in
	cppcheck) say=$(run_cppcheck "$work/bad.c") ;;
	*) say=$(one "$1" "$work/bad.c") ;;
	esac
	[ -n "$say" ] || { echo "FAIL: $1 does not see that memory is freed twice"; exit 1; }
}

# jansson's loops are none to whoever does not read its headers
run_cppcheck() {
	cppcheck -q --std=c11 --enable=warning,portability --inline-suppr -j"$(nproc)" -DHAVE_CONFIG_H=1 -DANALYZED -I. -I"$top_builddir" \
		--include="$work/loops.h" --template='{file}:{line}: {severity}: {id}: {message}' "$@" 2>&1
}

cd "$top_srcdir"
flags="-DANALYZED $(make -s --no-print-directory -C "$top_builddir" print-cppflags)"
if [ "${1:-}" = --one ]; then
	shift
	one "$@"
	exit
fi
case $0 in /*) self=$0 ;; *) self=$top_srcdir/${0#./} ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cat >"$work/bad.c" <<'C'
#include <stdlib.h>
void spoil(char *p);
void spoil(char *p) { free(p); free(p); }
C
cat >"$work/loops.h" <<'C'
#define json_array_foreach(a, i, v) for (i = 0; (v = json_array_get(a, i)) != NULL; i++)
#define json_object_foreach(o, k, v) for (k = json_object_first(o); k != NULL && (v = json_object_get(o, k)) != NULL; k = json_object_next(o, k))
C
# shellcheck disable=SC2046 # a list of names
[ $# -gt 0 ] || set -- $(sources)
missing='' rc=0
for tool in gcc clang-tidy cppcheck; do
	command -v "$tool" >/dev/null || { missing="$missing $tool"; continue; }
	sees "$tool"
	case $tool in
	cppcheck) run_cppcheck "$@" >"$work/said" || : ;;
	*) printf '%s\n' "$@" | xargs -P "$(nproc)" -n 8 "$self" --one "$tool" >"$work/said" ;;
	esac
	if [ -s "$work/said" ]; then
		rc=1
		cat "$work/said"
		echo "FAIL $tool: $(grep -c . "$work/said") complaints"
	else
		echo "ok   $tool: $# files"
	fi
done
[ $rc -eq 0 ] || exit 1
[ -z "$missing" ] || { echo "SKIP: not installed:$missing"; exit 77; }
