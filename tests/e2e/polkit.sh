#!/bin/sh
# polkit's helper, driven by pipes as an agent does: alice asks, bob's account is proved by his approval alone.
. "$(dirname "$0")/../support/e2e.sh"
helper=/usr/lib/polkit-1/polkit-agent-helper-1
needs "$helper"
setup_hosts polkit-1
if [ ! -u "$helper" ]; then
	# From 127 on its helper is started by a socket, in a sandbox without a network: what it starts has no way out.
	unit=/usr/lib/systemd/system/polkit-agent-helper@.service
	expect_has "this polkit runs its helper without a network" '^PrivateNetwork=yes' "$unit"
	began=$(now_cs)
	unshare -n pamtester polkit-1 bob authenticate >"$SCREEN" 2>&1 </dev/null
	expect_eq "there nobody is let in" 1 $?
	[ $(($(now_cs) - began)) -le 300 ] || fail "and that took too long to say"
	expect_has "which is said at once" 'cannot be used right now' "$SCREEN"
	logged "and the log says why" 'verdict=unavailable reason=net\.[a-z]* user=bob service=polkit-1'
	ctl auto bob >/dev/null
	printf '\n\n' | pamtester polkit-1 bob authenticate >"$SCREEN" 2>&1
	expect_eq "with a network the same stack lets bob in" 0 $?
	exit 0
fi
mkfifo "$NS/log/answers"
said=$NS/log/said

# ask BY: alice's agent wants bob; BY approves. What the helper said is in $said, its complaint in $said.err
ask() {
	: >"$said"
	as alice "$helper" bob <"$NS/log/answers" 2>"$said.err" | cat >"$said" &
	agent=$!
	exec 3>"$NS/log/answers"
	echo a-cookie >&3
	wait_for 20 "the prompt" grep -q "^PAM_PROMPT_ECHO_ON .*$ENTER" "$said"
	ctl approve last "$1" >/dev/null
	echo >&3
	wait "$agent"
	exec 3>&-
}

ask alice
expect_has "alice's own approval proves nothing" 'pam_authenticate failed' "$said.err"
expect_has "and the agent hears so" '^FAILURE' "$said"
logged "the log says why" 'verdict=deny .*user=bob service=polkit-1'
ask bob
expect_has "the agent shows the provider" '^PAM_.*(polkit-1) as bob with Authelia' "$said"
expect_lacks "bob's proves him" 'pam_[a-z_]* failed' "$said.err"
logged "the log says so" 'verdict=allow .*user=bob service=polkit-1'
# what fails now is the message to polkitd: there is no bus in here
expect_has "the helper went on to tell polkitd" "Error getting authority\|PolicyKit1" "$said.err"
logins_end
