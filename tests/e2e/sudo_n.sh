#!/bin/sh
# sudo -n makes no request: without a cached login it fails at once, with one it runs, and gives nobody groups.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
began=$(now_cs)
as alice sudo -n id -un </dev/null >"$SCREEN" 2>&1
[ $? -ne 0 ] || fail "sudo ran the command"
ok "sudo -n does not run the command"
[ $(($(now_cs) - began)) -lt 200 ] || fail "it took $(($(now_cs) - began)) hundredths of a second"
expect_eq "the provider heard nothing" '' "$(requests)"
# one terminal, so that sudo keeps the login for it
cat >"$NS/bin/twice" <<'TWICE'
sudo true && touch "$1" && sudo -n id -un && sudo -n -u bob id -nG
TWICE
chmod 755 "$NS/bin/twice"
mkdir -m 1777 "$NS/tmp/shared"
person_as alice sh "$NS/bin/twice" "$NS/tmp/shared/first" <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "with a cached login it runs" 0 $?
expect_has "as root" '^root.$' "$SCREEN"
expect_has "or as bob, with his own groups alone" '^bob.$' "$SCREEN"
expect_eq "by one login" 1 "$(requests | grep -c 'device-authorization')"
expect_eq "and one line in the log" 1 "$(grep -c 'verdict=' "$SYSLOG")"
logins_end
