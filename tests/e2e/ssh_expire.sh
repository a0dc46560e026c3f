#!/bin/sh
# ssh: the time for a login ends, whatever the provider says. (Authelia calls an expired code pending for ever, and so does the mock.)
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
add_conf short <<'CONF'
[login]
time_limit = 10s
CONF
person_ssh alice true <<SCRIPT
timeout 15
expect $ENTER
run ctl expire last && ! ctl approve last alice
send \\r
expect $AGAIN
run until_gone 12 latchkey-helper
run until_gone 1 latchkey-worker
send \\r
SCRIPT
expect_eq "alice stays out" 255 $?
logged "the log says that it expired" 'verdict=deny reason=dev.expired .*user=alice'
logins_end
