#!/bin/sh
# ssh: a shared account is its section's alone: who is in its groups uses it and is named in log and session, nobody else.
. "$(dirname "$0")/../support/e2e.sh"
# somebody at the provider calls himself deploy, and is in the group that everybody is in
cat >"$NS/people.json" <<'PEOPLE'
{ "users": [ { "name": "deploy", "groups": ["linux-users"] } ] }
PEOPLE
start_mock --users "$NS/people.json"
write_conf
pam_stacks
start_sshd
useradd -r -M -d "$NS/home/alice" -s /bin/sh deploy || fail "no account"
add_conf deploy <<'CONF'
[login]
session_env = yes
[account deploy]
groups = linux-admins
CONF
# login PERSON: to the account deploy, approved by this person
login() {
	person_ssh deploy 'id -un; id -nG; env' <<-SCRIPT
		timeout 30
		expect as deploy with Authelia
		expect $ENTER
		run ctl approve last $1
		send \\r
	SCRIPT
}
login alice
expect_eq "alice, of linux-admins, uses it" 0 $?
expect_has "as deploy, a system account" '^deploy.$' "$SCREEN"
expect_has "with the local groups that she earns" '^deploy admins-local' "$SCREEN"
expect_has "and her session knows who she is" '^LATCHKEY_USERNAME=alice' "$SCREEN"
logged "the log names account, person and section" \
	'verdict=allow .*user=deploy service=sshd .*name=alice .*rule="\[account deploy\] groups: linux-admins"'
logged "so does the session's line" 'session=open user=deploy .*alice'
for p in bob deploy; do
	: >"$SYSLOG"
	login $p
	expect_eq "$p, of linux-users alone, does not" 255 $?
	logged "by the section" "verdict=deny reason=pol\\.group user=deploy .*name=$p .*rule=\"\\[account deploy\\] groups\""
done
expect_eq "it belongs to nobody" '' "$(find /var/lib/latchkey/pins -type f 2>/dev/null)"
logins_end
