#!/bin/sh
# su: root asks nobody, and nobody becomes root by the provider: root is exempt, so its own password decides.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
echo 'root:roots-own-password' | chpasswd
sed -i '1i auth sufficient pam_rootok.so' /etc/pam.d/su
su alice -c 'id -un; id -nG' </dev/null >"$SCREEN" 2>&1
expect_eq "root becomes alice" 0 $?
expect_eq "with her own groups alone" "alice alice" "$(tr '\n' ' ' <"$SCREEN" | sed 's/ $//')"
person_as alice su -c 'id -un' <<'SCRIPT'
expect Password:
send roots-own-password\r
SCRIPT
expect_eq "alice becomes root by root's password" 0 $?
expect_has "as root" '^root' "$SCREEN"
person_as alice su -c 'id -un' <<'SCRIPT'
expect Password:
send not-roots\r
SCRIPT
expect_eq "and by no other" 1 $?
expect_eq "the provider heard nothing" '' "$(requests)"
