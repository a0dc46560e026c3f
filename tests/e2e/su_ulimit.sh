#!/bin/sh
# su under its caller's hard limits. Where root may raise them they mean nothing; in a container it may not: then a login
# with room enough is right, and one without is refused as a system error. Neither ever opens break-glass.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
break_glass su
usermod -a -G breakglass alice
cat >"$NS/bin/within" <<'WITHIN'
#!/bin/sh
# shellcheck disable=SC3045 # dash and bash have it
ulimit "$1" "$2" && exec su alice -c 'id -un'
WITHIN
chmod 755 "$NS/bin/within"
approve() {
	cat <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
}
# may root here raise a hard limit?
raises=
# shellcheck disable=SC3045 # dash and bash have it
! (ulimit -v 4000000 && ulimit -v unlimited) 2>/dev/null || raises=yes
approve | person_as bob "$NS/bin/within" -v 250000
expect_eq "250 MB of address space are enough" 0 $?
approve | person_as bob "$NS/bin/within" -f 4096
expect_eq "2 MB a file are enough" 0 $?
# narrow OPTION VALUE
narrow() {
	: >"$SYSLOG"
	if [ -n "$raises" ]; then
		approve | person_as bob "$NS/bin/within" "$1" "$2"
		expect_eq "ulimit $1 $2 is lifted" 0 $?
		return
	fi
	person_as bob "$NS/bin/within" "$1" "$2" </dev/null
	expect_eq "ulimit $1 $2 is refused" 1 $?
	expect_lacks "and opens no password" Password "$SCREEN"
	logged "the log says why" 'reason=sys.confine'
}
narrow -v 100000
narrow -t 30
narrow -d 30000
narrow -f 100
logins_end
