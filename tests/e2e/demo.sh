#!/bin/sh
# ./demo --auto and ./demo --ssh --auto: what a stranger sees first ends with the mapped groups.
# timeout: 90
. "$(dirname "$0")/../support/e2e.sh"
"$top_srcdir/scripts/demo-inside" --auto >"$NS/log/demo" 2>&1
expect_eq "./demo --auto ends well" 0 $?
expect_has "with the prompt as it was shown" 'Press Enter when you have approved it' "$NS/log/demo"
expect_has "the verdict" 'verdict=allow reason=ok user=alice' "$NS/log/demo"
expect_has "and the groups that the claim earned" 'session  *alice admins-local' "$NS/log/demo"
# each has a world of its own but for this test
rm -r /etc/latchkey/latchkey.conf.d/demo.conf /var/lib/latchkey/pins
"$top_srcdir/scripts/demo-ssh-inside" --auto >"$NS/log/demo" 2>&1
expect_eq "./demo --ssh --auto ends well" 0 $?
expect_has "with the groups in a real shell" 'session  *alice admins-local' "$NS/log/demo"
logins_end
