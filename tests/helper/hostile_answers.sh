#!/bin/sh
# timeout: 300
# families: tok ui usr grp rev rt
# Hostile answers after the approval: helper and worker end as each scenario says.
. "$(dirname "$0")/../support/hostile.sh"
hostile
