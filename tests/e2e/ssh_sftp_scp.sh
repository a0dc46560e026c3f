#!/bin/sh
# sftp and scp: the same login; the session's local groups open their files.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh 'Subsystem sftp internal-sftp'
mkdir -m 770 "$NS/drop" && chgrp admins-local "$NS/drop"
echo what-admins-read >"$NS/drop/note" && chmod 640 "$NS/drop/note" && chgrp admins-local "$NS/drop/note"
person sftp -F "$NS/ssh_config" alice@testhost <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
expect sftp>
send get $NS/drop/note $NS/tmp/got\\r
expect sftp>
send bye\\r
SCRIPT
expect_eq "sftp lets alice in" 0 $?
expect_eq "and she reads what her local group may" what-admins-read "$(cat "$NS/tmp/got")"
person scp -F "$NS/ssh_config" "$NS/tmp/got" "alice@testhost:$NS/drop/put" <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "scp lets her write" 0 $?
expect_eq "what she sent" what-admins-read "$(cat "$NS/drop/put")"
expect_eq "as her own file" alice "$(stat -c %U "$NS/drop/put")"
person scp -F "$NS/ssh_config" "$NS/tmp/got" "alice@testhost:$NS/drop/denied" <<SCRIPT
timeout 30
expect $ENTER
run ctl deny last
send \\r
SCRIPT
[ $? -ne 0 ] || fail "scp succeeded after a denial"
[ ! -e "$NS/drop/denied" ] || fail "a file came in after a denial"
ok "after a denial nothing is copied"
logins_end
