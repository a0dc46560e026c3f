#!/bin/sh
# Each allocation of the worker fails in turn, in every scenario: alone, and with all that come behind it. H-53
# timeout: 1800
: "${top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd -P)}"
: "${top_builddir:=$top_srcdir/build/check}"
export LATCHKEY_EVERY=1 top_srcdir top_builddir
exec "$top_builddir/tests/component/test_worker_memory"
