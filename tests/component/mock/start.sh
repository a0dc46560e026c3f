#!/bin/sh
# The provider is ready before anybody has to wait for it: in less than 50 ms, with a seed and a scenario too.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
TMPDIR=$dir
export TMPDIR

# start OPTION...
start() {
	echo "latchkey-mock-idp $*"
	"${top_builddir:-.}/bench/mock_start" "$mock" "$@" || failed=$((failed + 1))
}

start
start --seed 1
start --scenario idt.ok
start --alg ES512 --profile keycloak
check "what was started has left nothing behind" "$(ls "$dir")" ''
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
