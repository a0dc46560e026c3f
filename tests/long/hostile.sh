#!/bin/sh
# timeout: 900
# families: dev pace
# Hostile answers to polls whose waits take minutes, in real time.
. "$(dirname "$0")/../support/hostile.sh"
hostile --long
