#!/bin/sh
# The sloppy administrator: each row of doc/troubleshooting.md is brought about, and screen, reason and code compared.
# C-155, C-156, H-10, H-12, H-13
# timeout: 240
. "$(dirname "$0")/../support/e2e.sh"

CONF=/etc/latchkey/latchkey.conf
LIBEXEC=$STAGE/libexec/latchkey
PAGE=$top_srcdir/doc/troubleshooting.md
PATIENCE=8 # seconds that a case may take; those that wait for a timeout set a small one

# --- a world that works, again and again

COVERED='' BAD_PIDS='' OTHER_MOCK=''

# cover DIR: an empty folder in its place, until the case is over
cover() {
	mkdir -p "$1"
	mount -t tmpfs -o "mode=755${2:+,$2}" cover "$1" || fail "cannot mount over $1"
	COVERED="$1 $COVERED"
}

# cover_libexec: copies of the programs, to break
cover_libexec() {
	mkdir -p "$NS/programs"
	[ -f "$NS/programs/latchkey-worker" ] || cp "$LIBEXEC"/* "$NS/programs/"
	cover "$LIBEXEC"
	cp "$NS/programs"/* "$LIBEXEC/"
}

# set_conf KEY VALUE: in place of the line with that key
set_conf() { sed -i "s|^$1 =.*|$1 = $2|" "$CONF"; }

# a client with a secret, as it is registered
with_secret() {
	printf 'basic-secret\n' >/etc/latchkey/secret
	chmod 600 /etc/latchkey/secret
	set_conf client_id linux-basic
	sed -i '/^client_id/a client_auth = client_secret_basic\nclient_secret_file = /etc/latchkey/secret' "$CONF"
}

# bad HABIT [OPTION...]: somebody else where the provider should be
bad() {
	habit=$1
	shift
	: >"$NS/log/bad.port"
	badserver "$habit" "$NS/tmp/bad.pem" "$@" >"$NS/log/bad.port" 2>"$NS/log/bad.err" &
	BAD_PIDS="$BAD_PIDS $!"
	wait_for 5 "badserver $habit" grep -q . "$NS/log/bad.port"
	set_conf issuer "https://127.0.0.1:$(cat "$NS/log/bad.port")"
	set_conf ca_file "$NS/tmp/bad.pem"
	printf '[provider]\nhttp_timeout = 1s\n' | add_conf timeout
}

# reply STATUS TYPE BODY: what badserver says
reply() {
	printf 'HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nLocation: https://portal.example.com/\r\n\r\n%s' \
		"$1" "$2" ${#3} "$3" >"$NS/tmp/reply"
	echo "$NS/tmp/reply"
}

# other_mock OPTION...: in place of ours
other_mock() {
	stop_mock
	start_mock "$@"
	ctl auto alice >/dev/null
	OTHER_MOCK=yes
	write_conf
}

good_world() {
	for d in $COVERED; do umount "$d" || fail "cannot take $d back"; done
	# shellcheck disable=SC2086
	[ -z "$BAD_PIDS" ] || kill $BAD_PIDS
	COVERED='' BAD_PIDS='' PATIENCE=8
	cp "$NS/passwd.good" /etc/passwd
	rm -rf /etc/latchkey /run/latchkey /var/cache/latchkey /var/lib/latchkey
	if [ -n "$OTHER_MOCK" ]; then
		stop_mock
		start_mock
		OTHER_MOCK=''
	fi
	ctl reset >/dev/null
	ctl auto alice >/dev/null
	write_conf
	pam_service sshd <<-'PAM'
		auth     [success=done ignore=ignore default=die] pam_latchkey.so
		auth     required pam_debug.so auth=abort
		account  [success=ok ignore=ignore default=bad] pam_latchkey.so
		account  required pam_permit.so
		session  required pam_latchkey.so
	PAM
}

# --- the cases: each breaks one thing of that world

case_no_config() { rm -r /etc/latchkey; }
case_empty_config() { : >"$CONF"; }
case_typo_section() { sed -i 's/^\[provider\]/[provder]/' "$CONF"; }
case_typo_key() { sed -i 's/^issuer/isuer/' "$CONF"; }
case_key_elsewhere() { sed -i '/^\[login\]/a client_id = x' "$CONF"; }
case_typo_value() { sed -i '/^\[login\]/a flow = devise' "$CONF"; }
case_bad_number() { sed -i '/^\[login\]/a time_limit = 90 seconds' "$CONF"; }
case_http_issuer() { set_conf issuer http://127.0.0.1:9091; }
case_no_openid_scope() { sed -i '/^client_id/a scopes = profile groups' "$CONF"; }
case_no_equals() { sed -i 's/^client_id = /client_id /' "$CONF"; }
case_key_without_section() { sed -i '1i name = Authelia' "$CONF"; }
case_open_quote() { set_conf allow_groups '"Domain Admins'; }
case_duplicate_key() { sed -i '/^client_id/a client_id = linux-basic' "$CONF"; }
case_crlf() { sed -i 's/$/\r/' "$CONF"; }
case_bom() { sed -i '1s/^/\xef\xbb\xbf/' "$CONF"; }
case_not_utf8() { printf '# Zust\344ndig: die IT\n' >>"$CONF"; }
case_open_config() { chmod 666 "$CONF"; }
case_foreign_config() { chown alice "$CONF"; }
case_config_is_a_folder() { rm "$CONF" && mkdir "$CONF"; }
case_no_secret_file() { with_secret && sed -i '/^client_secret_file/d' "$CONF"; }
case_secret_missing() { with_secret && rm /etc/latchkey/secret; }
case_secret_open() { with_secret && chmod 644 /etc/latchkey/secret; }
case_secret_empty() { with_secret && : >/etc/latchkey/secret; }
case_key_not_set() { sed -i '/^client_id/a client_auth = private_key_jwt' "$CONF"; }
case_key_unfit() {
	openssl ecparam -name secp384r1 -genkey -noout -out /etc/latchkey/key.pem && chmod 600 /etc/latchkey/key.pem
	sed -i '/^client_id/a client_key_file = /etc/latchkey/key.pem' "$CONF"
}
case_ca_missing() { set_conf ca_file /etc/ssl/no-such-ca.pem; }
case_ca_unreadable() { cp "$MOCK_CA" /etc/latchkey/ca.pem && chmod 600 /etc/latchkey/ca.pem && set_conf ca_file /etc/latchkey/ca.pem; }
case_ca_garbage() { echo 'my CA' >/etc/latchkey/ca.pem && set_conf ca_file /etc/latchkey/ca.pem; }
case_group_unknown() { printf '[group no-such-group]\ngroups = linux-users\n' | add_conf group; }
case_module_argument() { sed -i '1s/$/ debugg/' /etc/pam.d/sshd; }

case_helper_missing() { cover_libexec && rm "$LIBEXEC/latchkey-helper"; }
case_helper_not_executable() { cover_libexec && chmod 644 "$LIBEXEC/latchkey-helper"; }
case_helper_dies() { cover_libexec && cp /bin/true "$LIBEXEC/latchkey-helper"; }
case_worker_missing() { cover_libexec && rm "$LIBEXEC/latchkey-worker"; }
case_worker_not_executable() { cover_libexec && chmod 644 "$LIBEXEC/latchkey-worker"; }
case_worker_writable() { cover_libexec && chmod 777 "$LIBEXEC/latchkey-worker"; }
case_worker_broken() { cover_libexec && cp /bin/false "$LIBEXEC/latchkey-worker"; }
case_user_missing() { sed -i '/^latchkey:/d' /etc/passwd; }
case_service_unlisted() { sed -i '/^\[login\]/a services = sudo' "$CONF"; }

case_refused() { bad tls && kill "$BAD_PIDS" && wait "$BAD_PIDS" 2>/dev/null; BAD_PIDS=''; }
case_name_unknown() { set_conf issuer https://auth.invalid; }
case_hang() { bad hang; }
case_mute() { bad mute; }
case_black_hole() { bad blackhole; }
case_cert_unknown() { sed -i '/^ca_file/d' "$CONF"; }
case_cert_expired() { bad tls --cert expired; }
case_cert_other_name() { bad tls --cert othername; }
case_plain_http() { bad plain --reply "$(reply '400 Bad Request' text/html '<html>')"; }
case_html() { bad tls --reply "$(reply '200 OK' text/html '<!DOCTYPE html><title>Welcome</title>')"; }
case_redirect() { bad tls --reply "$(reply '302 Found' text/html '')"; }
case_wrong_issuer() { set_conf issuer "$MOCK_ISSUER/auth"; }
case_bad_gateway() { bad tls --reply "$(reply '502 Bad Gateway' text/html '<h1>502</h1>')"; }
case_trailing_slash() { set_conf issuer "$MOCK_ISSUER/"; }
case_not_json() { bad tls --reply "$(reply '200 OK' application/json 'issuer: yes')"; }
case_auth_not_offered() { other_mock --scenario disc.auth.unlisted; }
case_client_unknown() { set_conf client_id linux-logn; }
case_client_auth_wrong() { with_secret && sed -i 's/client_secret_basic/client_secret_post/' "$CONF"; }
case_secret_wrong() { with_secret && echo '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q' >/etc/latchkey/secret; }
case_scope_unregistered() { sed -i '/^client_id/a scopes = openid profile groups offline_access' "$CONF"; }
case_clock_behind() { other_mock --clock-offset 3600; }
case_clock_ahead() { other_mock --clock-offset -3700; }

case_denied() {
	ctl auto off >/dev/null
	{ ctl wait-code 5000 && ctl deny last; } >/dev/null &
}
case_not_approved() {
	ctl auto off >/dev/null
	printf '[login]\ntime_limit = 10s\n' | add_conf limit
	PATIENCE=12
}
# the loopback flow, as a login from this machine may have it
at_home() { printf '[login]\nflow = loopback\n%s\n' "$1" | add_conf flow; }
case_browser_never() {
	at_home 'time_limit = 10s'
	PATIENCE=13
}
case_browser_denied() {
	at_home
	ctl auto off >/dev/null
	: >"$SCREEN"
	{
		wait_for 5 "the address on the screen" grep -q '^  https://' "$SCREEN"
		latchkey-mock-idp browser --ca "$MOCK_CA" --deny "$(sed -n 's/^  \(https:.*\)/\1/p' "$SCREEN")"
	} >/dev/null &
}
case_another_person() { ctl auto bob >/dev/null; }
case_no_name() { sed -i '/^client_id/a username_claim = nick' "$CONF"; }
case_no_group() { set_conf allow_groups linux-user; }
case_groups_not_sent() { sed -i '/^client_id/a scopes = openid profile' "$CONF"; }

case_no_second_factor() { printf '[service sshd]\nrequire_amr = mfa\n' | add_conf factor; }
case_no_class() { printf '[login]\nrequire_acr = urn:example:gold\n' | add_conf class; }
case_denied_group() { printf '[login]\ndeny_groups = linux-admins\n' | add_conf deny; }
case_as_good_as_root() { printf '[login]\nroot_groups = alice\n' | add_conf more; }
case_account_of_another() { latchkey pin alice --sub somebody-else >"$NS/log/out" || fail "latchkey pin"; }
case_started_too_often() {
	printf '[limits]\nlocal = 1\n' | add_conf limits
	timeout 60 pamhost sshd alice >"$SCREEN" 2>&1 || fail "the first login: $(cat "$SCREEN")"
}
case_asked_too_often() {
	ctl auto off >/dev/null
	printf '[limits]\npending = 1\n' | add_conf limits
	PATIENCE=12
}

case_run_missing() { rm -rf /run/latchkey; }
case_cache_unwritable() { cover /var/cache/latchkey ro; }
case_redirect_taken() {
	at_home
	printf '[provider]\nredirect_uri = http://127.0.0.1:%s/callback\n' "${MOCK_ISSUER##*:}" | add_conf redirect
}
case_run_full() {
	cover /run/latchkey size=64k
	mkdir -m 700 /run/latchkey/tickets
	! dd if=/dev/zero of=/run/latchkey/fill bs=1k 2>/dev/null
}
case_run_foreign() { mkdir /run/latchkey && mkdir -m 777 /run/latchkey/tickets; }
case_record_damaged() {
	mkdir -p /var/lib/latchkey/pins
	printf '\002' >/var/lib/latchkey/pins/alice
}
case_records_read_only() { cover /var/lib/latchkey ro; }
case_tickets_full() {
	mkdir /run/latchkey && mkdir -m 700 /run/latchkey/tickets
	seq 4096 | (cd /run/latchkey/tickets && xargs touch)
}

# --- the walk

# rows: NAME|SCREEN|REASON|CODE of each row
rows() { sed -n 's/^| *`\([a-z0-9-]*\)` *| *\([^|]*[^| ]\)\{0,1\} *| *`\([^`|]*\)` *| *\([A-Z_]*\) *|.*/\1|\2|\3|\4/p' "$PAGE"; }
cases() { sed -n 's/^case_\([a-z0-9_]*\)().*/\1/p' "$0" | tr _ -; }

reason_lines() { grep -o 'reason=.*' "$SYSLOG"; }

# miss WHAT: counted, so that one run shows every row that is wrong
MISSED=''
miss() {
	echo "not ok - $name: $*"
	sed 's/^/    | /' "$SYSLOG" "$SCREEN"
	MISSED="$MISSED $name"
}

# found_by_test: what latchkey-helper -t finds, it finds with the place
found_by_test() {
	! "$LIBEXEC/latchkey-helper" -t >"$NS/log/test" 2>&1 || miss "latchkey-helper -t finds nothing"
	grep -q '^/etc/latchkey/latchkey.conf[^ ]*: ' "$NS/log/test" || miss "-t says: $(cat "$NS/log/test")"
}

seen_by_the_person() {
	if [ -n "$1" ]; then
		grep -q "^screen $1" "$SCREEN"
	else
		! grep '^screen ' "$SCREEN" | grep -q -v -e '^screen Sign in to' -e '^screen auth=abort'
	fi
}

walk_row() { # SCREEN REASON CODE
	good_world
	"case_$(echo "$name" | tr - _)"
	: >"$SYSLOG"
	start=$(now_cs)
	timeout 60 pamhost sshd alice >"$SCREEN" 2>&1
	took=$(($(now_cs) - start))
	wait_for 5 "$name: its line in the log" reason_lines
	[ "$(reason_lines | wc -l)" -eq 1 ] || miss "one line in the log, not $(reason_lines | wc -l)"
	got="$(sed -n 's/.*reason=\([^ ]*\).*/\1/p' "$SYSLOG") $(sed -n 's/^authenticate //p' "$SCREEN" | sed 's/^ABORT$/IGNORE/')"
	[ "$got" = "$2 $3" ] || miss "wanted $2 $3, got $got"
	[ "$took" -le $((PATIENCE * 100)) ] || miss "took $took hundredths of a second"
	wait_for 2 "$name: the end of helper and worker" no_login
	seen_by_the_person "$1" || miss "the person does not see: $1"
	! grep '^changed' "$SCREEN" || miss "the host is not what it was"
	case $2 in
	ok | exempt.*) ;;
	*) grep -q '\(why\|text\)="[^"]\{20,\}"$' "$SYSLOG" || miss "the line does not say why" ;;
	esac
	case $2 in
	cfg.argument | cfg.group | cfg.ca_file | cfg.client_key.unfit | cfg.helper | cfg.worker*) ;; # beyond what -t reads
	cfg.*) found_by_test ;;
	esac
	ok "$name: $got, $took cs: $(sed -n 's/.* \(why\|text\)=//p' "$SYSLOG")"
}

cp /etc/passwd "$NS/passwd.good"
printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$NS/resolv.conf"
rm -f /etc/resolv.conf && cp "$NS/resolv.conf" /etc/resolv.conf
start_mock
rows | cut -d '|' -f 1 | sort >"$NS/rows"
cases | sort >"$NS/cases"
[ "$(wc -l <"$NS/rows")" -gt 0 ] || fail "no rows in $PAGE"
expect_eq "every row has a case, every case a row" "$(cat "$NS/rows")" "$(cat "$NS/cases")"
expect_eq "no row is lost on the way" "$(grep -c '^| *`' "$PAGE")" "$(rows | wc -l)"
rows >"$NS/table"
while IFS='|' read -r name words reason code <&3; do
	[ -z "${LK_CASE:-}" ] || [ "$LK_CASE" = "$name" ] || continue
	walk_row "$words" "$reason" "$code"
done 3<"$NS/table"
unset MOCK_CTL
[ -z "$MISSED" ] || fail "rows that are not as the page says:$MISSED"
