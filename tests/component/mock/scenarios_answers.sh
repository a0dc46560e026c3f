#!/bin/sh
# timeout: 300
# families: tok ui usr grp rt rev
# Scenarios of the answers after the approval: what they say is on the wire, and not at their golden twins.
top=${top_builddir:-.}
[ -x "$top/latchkey-mock-idp" ] || exit 99
# shellcheck disable=SC2046 # words
exec "$top/tests/component/mock/scenarios" "$top/latchkey-mock-idp" $(sed -n 's/^# families: //p' "$0")
