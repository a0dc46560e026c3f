#!/bin/sh
# timeout: 300
# families: idt
# Hostile ID tokens: helper and worker end as each scenario says.
. "$(dirname "$0")/../support/hostile.sh"
hostile
