#!/bin/sh
# Who misses each check of helper/oidc, among all tests that could; and each row of the matrix as a whole.
# timeout: 7200
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
exec "$top_srcdir/scripts/kill-switches" "$top_builddir/../kill" --all
