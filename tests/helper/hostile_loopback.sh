#!/bin/sh
# timeout: 300
# families: cb par
# What comes back to this machine in the loopback flow, and pushed requests: helper and worker end as each scenario says.
. "$(dirname "$0")/../support/hostile.sh"
hostile
