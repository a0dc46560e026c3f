#!/bin/sh
# timeout: 300
# families: disc dev cfg net tls
# Hostile answers before the approval and on the way: helper and worker end as each scenario says.
. "$(dirname "$0")/../support/hostile.sh"
hostile
