#!/bin/sh
# The README's own configuration, sshd recipe and sudo stack, read from the README and used as they stand there.
. "$(dirname "$0")/../support/e2e.sh"
readme=$top_srcdir/README.md

# block PATTERN: the first indented block behind the line that holds it
block() {
	awk -v start="$1" 'index($0, start) { on = 1; next } on && /^    / { print substr($0, 5); seen = 1; next } on && seen { exit }' "$readme"
}
start_mock
groupadd -f docker
mkdir -p /etc/latchkey
sed -n '/^```ini$/,/^```$/p' "$readme" | sed -e '/^```/d' -e "s|^issuer = [^ ]*|issuer = $MOCK_ISSUER|" \
	-e "s|^client_id = .*|&\nca_file = $MOCK_CA|" >/etc/latchkey/latchkey.conf
block '/etc/pam.d/sshd' >"$NS/tmp/pam"
block '/etc/ssh/sshd_config' >"$NS/tmp/sshd_config"
block '/etc/pam.d/sudo' >"$NS/tmp/sudo"
expect_has "the README shows a configuration" '^allow_groups' /etc/latchkey/latchkey.conf
latchkey check >"$NS/tmp/checked" || fail "it is not valid: $(cat "$NS/tmp/checked")"
expect_lacks "with nothing wrong in it" '^error' "$NS/tmp/checked"
expect_has "an sshd recipe" '^AuthenticationMethods publickey,keyboard-interactive' "$NS/tmp/sshd_config"
expect_has "a stack for sshd" '^auth .*pam_latchkey' "$NS/tmp/pam"
expect_has "a stack for sudo" 'ingroup breakglass' "$NS/tmp/sudo"

# the system's own file, with our lines in place of @include common-auth
[ -f /etc/pam.d/sshd ] || skip "this system has no /etc/pam.d/sshd"
sed -e "/^@include common-auth/{r $NS/tmp/pam
d}" /etc/pam.d/sshd >"$NS/tmp/sshd"
pam_service sshd <"$NS/tmp/sshd"
pam_service sudo <"$NS/tmp/sudo"
write_sudoers
printf 'carol ALL=(ALL:ALL) ALL\n' >>/etc/sudoers
set --
while read -r line; do set -- "$@" "$line"; done <"$NS/tmp/sshd_config"
start_sshd "$@"
give_key alice
mkdir "$NS/home/carol/.ssh" && cp "$NS/home/root/key.pub" "$NS/home/carol/.ssh/authorized_keys" && chown -R carol: "$NS/home/carol/.ssh"
with_key() { ssh -F "$NS/ssh_config" -o PreferredAuthentications=publickey,keyboard-interactive -i "$NS/home/root/key" "$@"; }

person ssh -F "$NS/ssh_config" -o PreferredAuthentications=publickey,keyboard-interactive -i "$NS/home/root/key" \
	alice@testhost 'id -nG' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice's key and her approval open a session" 0 $?
expect_has "with the local group that she earned" '^alice.*docker' "$SCREEN"
person ssh -F "$NS/ssh_config" alice@testhost true </dev/null
expect_eq "without the key she is not asked" 255 $?

person_sudo alice id -un <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice becomes root" 0 $?
expect_has "by her approval" '^root' "$SCREEN"
person_sudo bob id -un <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
expect not allowed to log in here
send \\x03
SCRIPT
expect_lacks "bob, who is no admin, does not" '^root' "$SCREEN"
logged "which the log explains" 'reason=pol.group user=bob service=sudo .*rule="\[service sudo\] allow_groups"'

stop_mock
with_key carol@testhost id -un >"$SCREEN" 2>&1 </dev/null
expect_eq "with the provider away carol's key alone is enough: she is of breakglass" 0 $?
with_key alice@testhost true >"$SCREEN" 2>&1 </dev/null
expect_eq "alice's is not" 255 $?
person_sudo carol id -un <<SCRIPT
timeout 30
expect [sudo] password
send carols-own-password\\r
SCRIPT
expect_eq "and carol's password makes her root" 0 $?
expect_has "as it says" '^root' "$SCREEN"
person_sudo alice id -un <<SCRIPT
timeout 30
expect cannot be used right now
send \\x03
SCRIPT
expect_lacks "alice is not asked for one" '\[sudo\] password' "$SCREEN"
