# The demos' way of showing things. Sourced.
# shellcheck shell=sh
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	bold=$(printf '\033[1m') dim=$(printf '\033[2m') off=$(printf '\033[0m')
else
	bold='' dim='' off=''
fi

title() { printf '\n%s%s%s\n' "$bold" "$*" "$off"; }
quote() { sed -e 's/\r//g' -e "s/^/    $dim|$off /"; }
