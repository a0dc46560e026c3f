#!/bin/sh
# ssh: who calls the module: sshd itself, sshd-session since OpenSSH 9.8; since 10.0 the client's side is sshd-auth's. The login is the
# same: the helper is the child of the one, and its ticket is redeemed by the monitor above it.
. "$(dirname "$0")/../support/e2e.sh"
. "$top_srcdir/tests/support/versions.sh"
setup_ssh
cat >"$NS/bin/who_calls" <<'EOS'
#!/bin/sh
# the program of the helper's parent, and whether an sshd-auth runs
caller=$(ps -o ppid= -p "$(pgrep -x latchkey-helper)" | tr -d ' ')
basename "$(readlink "/proc/$caller/exe")" >"$NS/log/caller"
pgrep -x sshd-auth >"$NS/log/sshd-auth"
exit 0
EOS
chmod +x "$NS/bin/who_calls"
person_ssh alice 'id -nG; env' <<SCRIPT
timeout 30
expect $ENTER
run who_calls
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice is in" 0 $?
expect_has "with the groups of her ticket" 'alice.*admins-local' "$SCREEN"
expect_lacks "which is gone" LATCHKEY_TICKET "$SCREEN"
wanted=sshd
openssh_since 9.8 && wanted=sshd-session
expect_eq "the caller is $wanted" "$wanted" "$(cat "$NS/log/caller")"
if openssh_since 10.0; then
	expect_has "the client's side is sshd-auth's" . "$NS/log/sshd-auth"
else
	expect_lacks "there is no sshd-auth" . "$NS/log/sshd-auth"
fi
logins_end
