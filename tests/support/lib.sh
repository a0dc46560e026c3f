# shellcheck shell=sh
# What every shell test leans on: saying what was expected, and waiting for it instead of sleeping. Sourced.

skip() { echo "SKIP: $*"; exit 77; }

fail() {
	echo "not ok - $*"
	! command -v on_failure >/dev/null || on_failure
	exit 1
}

ok() { echo "ok - $*"; }

# expect_eq WHAT WANTED GOT
expect_eq() {
	[ "$2" = "$3" ] || fail "$1
	wanted: $2
	got:    $3"
	ok "$1"
}

# expect_has WHAT TEXT FILE · expect_lacks WHAT TEXT FILE (TEXT is a basic regular expression)
expect_has() {
	grep -q -e "$2" "$3" || fail "$1
	wanted in $3: $2
$(sed 's/^/	| /' "$3")"
	ok "$1"
}

expect_lacks() {
	! grep -q -e "$2" "$3" || fail "$1
	not wanted in $3: $2
$(sed 's/^/	| /' "$3")"
	ok "$1"
}

# now_cs: hundredths of a second since boot
now_cs() {
	read -r up _ </proc/uptime
	echo "${up%.*}${up#*.}"
}

# wait_for SECONDS WHAT COMMAND [ARG...]: until the command succeeds
wait_for() {
	wf_end=$(($(now_cs) + $1 * 100)) wf_what=$2
	shift 2
	until "$@" >/dev/null 2>&1; do
		[ "$(now_cs)" -lt "$wf_end" ] || fail "waited in vain for $wf_what"
		sleep 0.05
	done
}

# gone PID...: none of them lives
gone() {
	for g in "$@"; do ! kill -0 "$g" 2>/dev/null || return 1; done
}

# a zombie has ended, and waits for its parent alone; pgrep would show it
# shellcheck disable=SC2009
no_process() { ! ps -C "$1" -o stat= | grep -q "^[^Z]"; }
