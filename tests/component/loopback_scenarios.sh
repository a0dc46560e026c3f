#!/bin/sh
# timeout: 300
# Every scenario of the mock provider that needs the loopback flow, its browser and the worker's flow. C-022 to C-053, C-168 to C-170
top=${top_builddir:-.}
[ -x "$top/latchkey-mock-idp" ] || exit 99
exec "$top/tests/component/loopback_scenarios" "$top/latchkey-mock-idp"
