#!/bin/sh
# ssh, su, login: a group that the provider takes away is gone at the next login; who is in no group at all gets in nowhere.
. "$(dirname "$0")/../support/e2e.sh"

# people GROUPS: those of alice; the provider starts anew where it was, with the same people
people() {
	cat >"$NS/people.json" <<-PEOPLE
		{ "users": [ { "name": "alice", "sub": "sub-alice", "groups": [$1] } ] }
	PEOPLE
	[ -z "${MOCK_CTL:-}" ] || stop_mock
	start_mock --users "$NS/people.json" --port "${port:-0}"
	port=${MOCK_ISSUER##*:}
	rm -rf /var/cache/latchkey # keys are not asked for anew so often
	write_conf
	: >"$SYSLOG"
}
approved() {
	cat <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last $1
		send \\r
	SCRIPT
}
ssh_as() { approved "$1" | person_ssh "$1" id -nG; }
su_as() { approved "$1" | person_as carol su "$1" -c 'id -nG'; }
login_as() {
	person login <<-SCRIPT
		timeout 30
		expect login:
		send alice\\r
		$(approved alice)
		expect $
		send id -nG; exit\\r
	SCRIPT
}

people '"linux-users", "linux-admins"'
pam_stacks
pam_stack su login
start_sshd
write_sudoers
for host in ssh_as su_as login_as; do
	$host alice
	expect_eq "$host: alice is in" 0 $?
	expect_has "with the group that she earns" '^alice admins-local' "$SCREEN"
done
people '"linux-users"'
for host in ssh_as su_as login_as; do
	$host alice
	expect_eq "$host: she is in without linux-admins" 0 $?
	expect_lacks "and the group is gone" 'admins-local' "$SCREEN"
	expect_has "her own is not" '^alice.$' "$SCREEN"
done

# mallory is somebody at the provider and on this host, and in no group of any rule
echo 'mallory ALL=(ALL:ALL) ALL' >>/etc/sudoers
ssh_as mallory
expect_eq "ssh: mallory stays out" 255 $?
su_as mallory
expect_eq "su: she is nobody else's mallory" 1 $?
{ approved mallory; echo expect not allowed; echo kill; } | person_sudo mallory id -un
expect_lacks "sudo: nor does it run for her" '^root' "$SCREEN"
person login <<SCRIPT
timeout 30
expect login:
send mallory\\r
$(approved mallory)
expect Login incorrect
expect login:
kill
SCRIPT
for s in sshd su sudo login; do
	logged "$s says why" "verdict=deny reason=pol\\.group user=mallory service=$s"
done
expect_eq "nobody let her in" 0 "$(grep -c 'verdict=allow .*user=mallory' "$SYSLOG")"
logins_end
