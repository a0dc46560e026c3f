# The families of scenarios that the sourcing test names ("# families: disc dev"), against the installed helper and worker.
# shellcheck shell=sh
. "$(dirname "$0")/../support/e2e.sh"

# hostile [--long]: each login has a system log of its own, in a /run of its own
hostile() {
	rm -f /dev/log && ln -s /run/log /dev/log || fail "no /dev/log"
	# shellcheck disable=SC2046 # words
	"$top_builddir/tests/helper/hostile/hostile" "$STAGE/bin/latchkey-mock-idp" "$top_srcdir" "$@" \
		$(sed -n 's/^# families: //p' "$0") || fail "not every scenario ends as it says"
}
