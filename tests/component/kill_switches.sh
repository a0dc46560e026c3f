#!/bin/sh
# Each check of a token, an answer or a key has a unit test that misses it (helper/oidc/check.h).
# timeout: 1200
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
exec "$top_srcdir/scripts/kill-switches" "$top_builddir/../kill"
