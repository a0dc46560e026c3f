#!/bin/sh
# timeout: 300
# families: pace
# Hostile answers to polls: helper and worker keep the pace, and end as each scenario says.
. "$(dirname "$0")/../support/hostile.sh"
hostile
