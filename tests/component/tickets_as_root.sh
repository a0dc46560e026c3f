#!/bin/sh
# The module's tickets in a private /run, also where the plain program may not mount one of its own (in a chroot).
. "$(dirname "$0")/../support/e2e.sh"
mkdir -p /run/latchkey
for t in test_tickets test_ticket_traps; do "$top_builddir/tests/component/$t" || fail "$t"; done
