#!/bin/sh
# The harness itself: pamtester runs a stack of our own, as nobody, with our accounts.
. "$(dirname "$0")/../support/pam.sh"
service yes <<'PAM'
auth required pam_permit.so
account required pam_permit.so
session required pam_permit.so
PAM
service no <<'PAM'
auth required pam_deny.so
PAM
pam alice yes authenticate acct_mgmt 'setcred(PAM_ESTABLISH_CRED)' open_session close_session </dev/null
expect_eq "a stack that permits" 0 $?
expect_has "says so" 'successfully authenticated' "$T/out"
! pam alice no authenticate </dev/null || fail "a stack that denies"
ok "a stack that denies"
