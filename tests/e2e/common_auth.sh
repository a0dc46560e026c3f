#!/bin/sh
# The pam-auth-update profile, through common-auth: not enabled unasked; enabled, every host that includes it asks us,
# exempt people and services go on to their password, and the provider's absence opens it to break-glass alone.
. "$(dirname "$0")/../support/e2e.sh"
command -v pam-auth-update >/dev/null || skip "pam-auth-update is Debian's"
start_mock
write_conf
export DEBIAN_FRONTEND=noninteractive
cp -a /usr/share/pam-configs "$NS/pam-configs"
cp "$top_srcdir/packaging/pam-configs/latchkey" "$NS/pam-configs/"
mount --bind "$NS/pam-configs" /usr/share/pam-configs || fail "cannot show the profile"
# it asks by debconf, whose questions and answers lie in a /var that this world does not have
mkdir -p /var/lib/pam /var/cache/debconf /var/lib/dpkg/info
cat >/var/lib/dpkg/info/libpam-runtime.templates <<'QUESTIONS'
Template: libpam-runtime/title
Type: title
Description: PAM configuration

Template: libpam-runtime/profiles
Type: multiselect
Choices: ${profiles}
Choices-C: ${profile_names}
Description: Profiles to enable

Template: libpam-runtime/conflicts
Type: error
Description: Conflict

Template: libpam-runtime/override
Type: boolean
Default: false
Description: Override local changes

Template: libpam-runtime/no_profiles_chosen
Type: error
Description: No profile
QUESTIONS

# update [OPTION...]: the module of the build in what comes out
update() {
	pam-auth-update --force "$@" >"$NS/log/update" 2>&1 || fail "pam-auth-update: $(cat "$NS/log/update")"
	sed -i "s|pam_latchkey\\.so|$MODULE|" /etc/pam.d/common-*
}
uses() { (cd /etc/pam.d && grep -l pam_latchkey common-auth common-account common-session common-session-noninteractive common-password) | tr "\n" " "; }

update --package
expect_eq "a package that brings the profile enables nothing" '' "$(uses)"
update --enable latchkey
expect_eq "an administrator does" "common-auth common-account common-session " "$(uses)"
grep -h '^auth' /etc/pam.d/common-auth
printf '@include common-auth\n@include common-account\n@include common-session\n' | tee /etc/pam.d/su /etc/pam.d/vsftpd >/etc/pam.d/sshd
start_sshd
person_ssh alice 'id -nG' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "ssh: alice is in" 0 $?
expect_has "with her local groups" '^alice.* admins-local' "$SCREEN"
person_as alice su bob -c 'id -un' <<SCRIPT
timeout 30
expect $ENTER
run ctl deny last
send \\r
SCRIPT
expect_eq "su: a denial does not fall through to bob's password" 1 $?
expect_lacks "which nobody asked for" Password "$SCREEN"
echo 'root:roots-own-password' | chpasswd
person_as alice su -c 'id -un' <<'SCRIPT'
expect Password:
send roots-own-password\r
SCRIPT
expect_eq "root, exempt, needs its password and no group" 0 $?
asked=$(requests)
person pamlogin vsftpd bob '' /usr/bin/id -un <<'SCRIPT'
expect Password:
send bobs-own-password\r
SCRIPT
expect_eq "a service that cannot show a code has its passwords" 0 $?
expect_eq "and costs no request" "$asked" "$(requests)"
stop_mock
person_as alice su carol -c 'id -un' <<'SCRIPT'
timeout 30
expect Password:
send carols-own-password\r
SCRIPT
expect_eq "with the provider away, carol, of breakglass, is in by her password" 0 $?
person_as alice su bob -c 'id -un' <<'SCRIPT'
timeout 30
SCRIPT
expect_eq "and bob is not" 1 $?
expect_lacks "nor asked for his" Password "$SCREEN"
update --disable latchkey
logged "for the provider was away" "verdict=unavailable reason=net\.[a-z]* user=bob"
expect_eq "disabled, it is gone" '' "$(uses)"
logins_end
