#!/bin/sh
# su: [account root] makes root of whoever it names, by two switches; no mistake stands between root and its own password.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
echo 'root:roots-own-password' | chpasswd
password() {
	person_as bob su -c 'id -un' <<-'SCRIPT'
		timeout 10
		expect Password:
		send roots-own-password\r
	SCRIPT
}
# approved PERSON
approved() {
	person_as bob su -c 'id -un' <<-SCRIPT
		timeout 30
		expect (su) as root with Authelia
		expect $ENTER
		run ctl approve last $1
		send \\r
	SCRIPT
}
printf '[account root]\ngroups = linux-admins\n' | add_conf root
"$STAGE/libexec/latchkey/latchkey-helper" -t >"$NS/log/out" 2>&1 || fail "not valid"
expect_has "-t says that the section alone does nothing" 'account root\] has no effect' "$NS/log/out"
password
expect_eq "ignore_users names root: its password decides" 0 $?
printf '[login]\nignore_users =\n[account root]\ngroups = linux-admins\n' | add_conf root
"$STAGE/libexec/latchkey/latchkey-helper" -t >"$NS/log/out" 2>&1 || fail "not valid"
expect_has "-t says what both together mean" 'makes root of whoever' "$NS/log/out"
approved alice
expect_eq "alice, of linux-admins, becomes root" 0 $?
expect_has "she does" '^root' "$SCREEN"
logged "and the log names her" 'verdict=allow .*user=root service=su .*ruser=bob .*name=alice .*rule="\[account root\] groups: linux-admins"'
approved bob
expect_eq "bob does not" 1 $?
logged "by the section" 'verdict=deny reason=pol\.group user=root .*name=bob'
printf '[login]\nignore_users =\n[account root]\ngroup = linux-admins\n' | add_conf root
password
expect_eq "while the configuration has a mistake, root's password decides" 0 $?
logins_end
