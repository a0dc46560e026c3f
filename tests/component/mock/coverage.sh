#!/bin/sh
# Every row of the test matrix that a provider can bring about stands in a scenario; each family of scenarios is tried.
# The list itself is judged as it is tried: twins, reasons and facts are there (scenarios.c).
# shellcheck source=/dev/null # by path
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/lib.sh"
rows=${top_srcdir:-.}/tests/data/matrix.txt
mock=${top_builddir:-.}/latchkey-mock-idp
[ -x "$mock" ] || exit 99
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT

"$mock" --list --json >"$dir/list" || fail "no list"
grep -o '"[CHD]-[0-9][0-9]*"' "$dir/list" | tr -d '"' | sort -u >"$dir/served"
grep -v '^#' "$rows" >"$dir/matrix"
cut -d' ' -f1 "$dir/matrix" | sort >"$dir/known"
expect_eq "no row stands twice in the list" "" "$(uniq -d "$dir/known")"
expect_eq "no scenario names a row that there is not" "" "$(comm -13 "$dir/known" "$dir/served")"
grep -v ' ' "$dir/matrix" | sort >"$dir/wanted"
expect_eq "rows without a scenario" "" "$(comm -23 "$dir/wanted" "$dir/served")"
grep ' ' "$dir/matrix" | cut -d' ' -f1 | sort >"$dir/beyond"
expect_eq "rows that no provider can bring about, and one does" "" "$(comm -12 "$dir/beyond" "$dir/served")"

"$mock" --list | cut -d' ' -f1 | cut -d. -f1 | sort -u >"$dir/families"
sed -n 's/^# families: //p' "${top_srcdir:-.}"/tests/component/mock/scenarios_*.sh | tr ' ' '\n' | sort >"$dir/tried"
expect_eq "each family is tried once" "$(cat "$dir/families")" "$(cat "$dir/tried")"
