#!/bin/sh
# timeout: 300
# families: jws jwks
# Hostile key sets and spellings of tokens: helper and worker end as each scenario says.
. "$(dirname "$0")/../support/hostile.sh"
hostile
