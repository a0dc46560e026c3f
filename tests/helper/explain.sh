#!/bin/sh
# timeout: 180
# latchkey explain foretells what a login comes to: each case is explained and then logged in, by the real helper and worker.
. "$(dirname "$0")/../support/e2e.sh"
cat >"$NS/people.json" <<'PEOPLE'
{ "users": [ { "name": "dora", "groups": ["linux-users", "leavers"] },
             { "name": "erin", "groups": ["linux-users"] },
             { "name": "frank", "groups": ["linux-users"] } ] }
PEOPLE
start_mock --users "$NS/people.json"
write_conf
useradd -M -s /bin/sh dora && useradd -M -s /bin/sh erin && useradd -r -M -s /bin/sh deploy || fail "no accounts"
groupadd -f docker && usermod -aG docker erin || fail "no group"
add_conf test <<-CONF
	[login]
	services = sudo login
	prompt = none
	strangers = serve
	deny_groups = leavers
	session_env = yes
	[account deploy]
	groups = linux-admins
CONF

# case_is REASON PERSON GROUPS ACCOUNT SERVICE [CLAIM]: exit status, code and reason of both
case_is() {
	ctl auto "$2" >/dev/null
	latchkey login "$4" --service "$5" >"$NS/log/login" 2>&1 </dev/null
	login_status=$?
	latchkey explain "$2" --groups "$3" --account "$4" --service "$5" ${6:+--claim "$6"} --json >"$SCREEN" 2>&1
	explain_status=$?
	[ "$explain_status" != 3 ] || explain_status=1
	expect_eq "$1: $2 as $4 by $5" \
		"$login_status $(sed -n 's/.*(\(PAM_[A-Z_]*\)), reason \([a-z._]*\).*/\1 \2/p' "$NS/log/login")" \
		"$explain_status $(sed -n 's/^ "pam": "\(.*\)",$/\1/p' "$SCREEN") $(sed -n 's/^ "reason": "\(.*\)",$/\1/p' "$SCREEN")"
	expect_has "as it should be" "^ \"reason\": \"$1\"" "$SCREEN"
}

case_is ok alice linux-users,linux-admins alice sudo
expect_has "with the local group" '^ *"admins-local"' "$SCREEN"
expect_has "which the login gave too" 'groups: admins-local' "$NS/log/login"
case_is pol.group bob linux-users bob sudo
case_is ok bob linux-users bob login
case_is usr.other bob linux-users alice sudo
case_is usr.unknown frank linux-users frank sudo
case_is ok alice linux-users,linux-admins deploy sudo
case_is pol.group bob linux-users deploy login
case_is pol.denied dora linux-users,leavers dora login
case_is pol.ceiling erin linux-users erin login
latchkey pin erin >/dev/null || fail "latchkey pin"
case_is ok erin linux-users erin login
case_is exempt.root alice linux-users root sudo
case_is exempt.system alice linux-users daemon sudo
case_is exempt.service alice linux-users alice su

# alice is on record since her first login
case_is ok alice linux-users,linux-admins alice login
latchkey forget alice >/dev/null && latchkey pin alice --sub somebody-else >/dev/null || fail "latchkey pin"
case_is pin.sub alice linux-users,linux-admins alice login sub=her-own
add_conf test2 <<-CONF
	[login]
	require_amr = retina
CONF
case_is pol.amr bob linux-users bob login amr=pwd
add_conf test2 <<-CONF
	[group no-such-group]
	groups = linux-users
CONF
case_is cfg.group bob linux-users bob login
logins_end
