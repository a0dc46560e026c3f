#!/bin/sh
# The break-glass stack of the README: with the provider down the named person gets on, nobody else; whatever a user or
# caller can cause does not open that way.
. "$top_srcdir/tests/support/pam.sh"
begin
service su <<END
auth [success=done ignore=ignore authinfo_unavail=ignore default=die] MODULE
auth requisite pam_succeed_if.so quiet user ingroup breakglass
auth required pam_permit.so
END

expect() { # SCRIPT-LINE USER STATUS
	echo "$1" | script
	tester su "$2" authenticate </dev/null
	[ "$status" = 0 ] && got=in || got=out
	[ "$got" = "$3" ] || fail "'$1' for $2: $got, expected $3"
}
expect 'verdict allow' alice in
for verdict in unknown system refused forbidden cancelled too-often; do
	expect "verdict $verdict" bob out
done
expect 'close' bob out
expect 'garbage ff' bob out
expect 'verdict unavailable' bob in
expect 'verdict unavailable' alice out
expect 'verdict ignore' bob in
expect 'verdict ignore' alice out

# not installed
rm -f "$dir/fakehelper"
expect '' bob in
expect '' alice out
echo "PASS"
