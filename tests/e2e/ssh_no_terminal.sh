#!/bin/sh
# ssh: a client without a terminal, which answers every prompt by itself, gets in once the person approves elsewhere.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
setsid -w ssh -F "$NS/ssh_config" alice@testhost id -un </dev/null >"$SCREEN" 2>"$NS/log/stderr" &
client=$!
wait_for 15 "the device authorization" has_request device
ctl approve last alice
wait "$client"
expect_eq "alice is in" 0 $?
expect_eq "as herself" alice "$(cat "$SCREEN")"
polls=$(requests | grep -c token)
[ "$polls" -le 4 ] || fail "$polls polls: faster than the interval"
ok "it polled at the interval ($polls)"
logins_end
