#!/bin/sh
# ssh: on a host that never met its provider, a stranger makes no request at all.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh nosuchuser true <<SCRIPT
timeout 30
expect $ENTER
kill
SCRIPT
expect_has "the stranger was shown a code" 'Code  *[A-Z]' "$SCREEN"
expect_eq "the journal is empty" '' "$(requests)"
logins_end
