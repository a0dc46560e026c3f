#!/bin/sh
# Device logins one after another and side by side: none fails, none is complained of, and none is remembered for ever.
# "make bench" is the same with ten times as many.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
TMPDIR=$dir
export TMPDIR
"${top_builddir:-.}/bench/mock_logins" --logins 100 --at-once 50 "$mock"
