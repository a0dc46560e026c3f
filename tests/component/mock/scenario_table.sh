#!/bin/sh
# doc/scenarios.md is what the list of scenarios says; make it anew with
# tests/component/mock/scenario_table ./latchkey-mock-idp >doc/scenarios.md
# shellcheck source=/dev/null # by path
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/lib.sh"
top=${top_builddir:-.}
[ -x "$top/latchkey-mock-idp" ] || exit 99
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT

"$top/tests/component/mock/scenario_table" "$top/latchkey-mock-idp" >"$dir/scenarios.md" || fail "no table"
diff -u "${top_srcdir:-.}/doc/scenarios.md" "$dir/scenarios.md" >"$dir/diff" || fail "doc/scenarios.md is not up to date:
$(head -n 20 "$dir/diff")"
ok "doc/scenarios.md is what the list says"
