#!/bin/sh
# Device logins one after another and side by side: none fails, none is complained of, and none is remembered for ever.
# "make bench" is the same with ten times as many.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
TMPDIR=$dir
export TMPDIR
# the address sanitizer keeps what was freed for a while, and looks for leaks itself
grow=256
grep -q __asan_init "$mock" && grow=any
"${top_builddir:-.}/bench/mock_logins" --logins 100 --at-once 50 --grow "$grow" "$mock"
