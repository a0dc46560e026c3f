#!/bin/sh
# ssh: an account belongs to the person of its first login. C-098, H-42
. "$(dirname "$0")/../support/e2e.sh"
pins=/var/lib/latchkey/pins

# people SUB: who is alice at the provider; the provider starts anew where it was
people() {
	echo "{ \"users\": [ { \"name\": \"alice\", \"groups\": [\"linux-users\"], \"sub\": \"$1\" } ] }" >"$NS/people.json"
	[ -z "${MOCK_CTL:-}" ] || stop_mock
	start_mock --users "$NS/people.json" --port "${port:-0}"
	port=${MOCK_ISSUER##*:}
	rm -rf /var/cache/latchkey # keys are not asked for anew so often
	write_conf
}
login() {
	: >"$SYSLOG"
	person_ssh alice id -un <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
}

people sub-1
pam_stacks
start_sshd
# a store that cannot be written: nobody comes first
mkdir -p /var/lib/latchkey
touch $pins
login
expect_eq "alice stays out" 255 $?
logged "since the store cannot be read" 'verdict=error reason=pin\.read user=alice'
rm $pins && mkdir -m 700 $pins && mount -t tmpfs -o ro,mode=700 pins $pins || fail "no store that is read-only"
login
expect_eq "and where it is read-only" 255 $?
logged "with the reason" 'verdict=error reason=pin\.write user=alice'
umount $pins
login
expect_eq "the first login succeeds once it can be written" 0 $?
expect_eq "and is on record, root's alone" '-rw------- root' "$(stat -c '%A %U' $pins/alice)"
latchkey accounts >"$NS/log/out" || fail "latchkey accounts"
expect_has "as the command shows it" "^alice  *pinned  *sub=sub-1 issuer=$MOCK_ISSUER" "$NS/log/out"

# a pinned login needs no store that can be written
mount --bind $pins $pins && mount -o remount,ro,bind $pins || fail "no store that is read-only"
login
expect_eq "the second one writes nothing" 0 $?
umount $pins

people sub-2
login
expect_eq "another alice stays out" 255 $?
logged "and the log says how to make it hers" "verdict=deny reason=pin\\.sub user=alice .*latchkey forget alice"
people sub-1
login
expect_eq "the first one is in as ever" 0 $?
people sub-2
printf '[login]\npin = warn\n' | add_conf pin
login
expect_eq "with pin = warn the other one is in" 0 $?
logged "and the log says so" 'verdict=allow reason=pin\.warn user=alice .*sub=sub-2'
rm /etc/latchkey/latchkey.conf.d/pin.conf
latchkey forget alice >"$NS/log/out" || fail "latchkey forget"
login
expect_eq "forgotten, the account is the next one's" 0 $?
people sub-1
login
expect_eq "and no longer the first one's" 255 $?
latchkey forget --all --issuer "$MOCK_ISSUER" >"$NS/log/out" || fail "latchkey forget --all"
login
expect_eq "until all of the issuer's are forgotten" 0 $?
logins_end
