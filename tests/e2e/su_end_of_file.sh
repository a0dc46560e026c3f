#!/bin/sh
# su: end of file at the prompt is no Enter: su's conversation calls it a success without an answer.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
as bob su alice -c 'id -un' </dev/null >"$SCREEN" 2>&1
[ $? -ne 0 ] || fail "su ran the command"
ok "su does not run the command"
expect_has "it had shown the code" "$ENTER" "$SCREEN"
logged "the log says that it was cancelled" 'verdict=cancel .*user=alice service=su'
person_as bob su alice -c 'id -un' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "Enter, and an approval, do" 0 $?
logins_end
