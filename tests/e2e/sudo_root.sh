#!/bin/sh
# sudo: root asks nobody.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
pam_service sudo <<'PAM'
auth [success=done ignore=ignore default=die] pam_latchkey.so
auth required pam_permit.so
account required pam_latchkey.so
account required pam_permit.so
session required pam_latchkey.so
session required pam_permit.so
PAM
sudo -n -u alice id -un >"$SCREEN" 2>&1 </dev/null
expect_eq "root becomes alice" alice "$(cat "$SCREEN")"
expect_eq "the provider heard nothing" '' "$(requests)"
