#!/bin/sh
# ssh: two logins at once have a code each; an approval of one is none of the other, whoever gives it. D-21
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh

code_on() { tr -d '\r' <"$1" | sed -n 's/^ *Code *\([A-Z]*\)$/\1/p'; }

# attempt NAME USER: waits at its prompt for NAME.go, then presses Enter; its end is NAME.rc
attempt() {
	rm -f "$NS/log/$1."*
	ptyrun - "$NS/log/$1.screen" ssh -F "$NS/ssh_config" "$2@testhost" 'id -nG' <<-SCRIPT >"$NS/log/$1.err" 2>&1 &
		timeout 30
		expect $ENTER
		run touch $NS/log/$1.up && . $top_srcdir/tests/support/lib.sh && wait_for 20 go test -e $NS/log/$1.go
		send \\r
		$(for line in "$3" "$4" "$5"; do echo "$line"; done)
	SCRIPT
	eval "$1=\$!"
	wait_for 20 "the prompt of $1" test -e "$NS/log/$1.up"
}
end_of() {
	touch "$NS/log/$1.go"
	eval "wait \"\$$1\""
}

attempt one alice
attempt two bob
[ "$(code_on "$NS/log/one.screen")" != "$(code_on "$NS/log/two.screen")" ] || fail "one code for both"
ok "each shows a code of its own"
ctl approve "$(code_on "$NS/log/two.screen")" bob >/dev/null
ctl approve "$(code_on "$NS/log/one.screen")" alice >/dev/null
end_of two
expect_eq "bob is in" 0 $?
end_of one
expect_eq "alice is in" 0 $?
expect_has "alice with her groups" '^alice admins-local' "$NS/log/one.screen"
expect_has "bob with his" '^bob.$' "$NS/log/two.screen"

attempt one alice
attempt two bob
ctl approve "$(code_on "$NS/log/one.screen")" bob >/dev/null
ctl approve "$(code_on "$NS/log/two.screen")" alice >/dev/null
end_of one
expect_eq "alice's login that bob approved is shut" 255 $?
end_of two
expect_eq "and bob's that alice approved" 255 $?

# both alice's: the approval of the second is not seen by the first
attempt one alice "expect $AGAIN" "run touch $NS/log/one.again" kill
attempt two alice
ctl approve "$(code_on "$NS/log/two.screen")" alice >/dev/null
end_of one
[ $? -ne 0 ] || fail "the first of alice's logins took the approval of the second"
[ -e "$NS/log/one.again" ] || fail "the first of alice's logins did not ask again: $(cat "$NS/log/one.err")"
ok "the first of alice's logins is still not approved"
end_of two
expect_eq "the second is" 0 $?
expect_eq "no ticket is left behind" '' "$(tickets)"
logins_end
