#!/bin/sh
# latchkey-helper -t and -T, as an administrator uses them.
. "$(dirname "$0")/../support/e2e.sh"
helper=$STAGE/libexec/latchkey/latchkey-helper
conf=$NS/tmp/latchkey.conf
good() {
	cat >"$conf" <<-CONF
		[provider]
		issuer = https://auth.example.com
		client_id = linux-login
		client_auth = client_secret_basic
		client_secret_file = $NS/tmp/secret
		[login]
		allow_groups = linux-users "Domain Admins"
		[service sudo]
		allow_groups = linux-admins
		[group docker]
		groups = linux-admins, developers
	CONF
	echo a-secret-word >"$NS/tmp/secret" && chmod 600 "$NS/tmp/secret"
}
run() { "$helper" "$@" -c "$conf" >"$NS/tmp/out" 2>"$NS/tmp/err"; }

good
run -t
expect_eq "a good file is valid" 0 $?
expect_has "says so" 'the configuration is valid' "$NS/tmp/out"
run -T
expect_eq "and can be printed" 0 $?
expect_has "with what it says" '^allow_groups = .*"Domain Admins"' "$NS/tmp/out"
expect_has "and what it leaves to the defaults" '^time_limit = 90s' "$NS/tmp/out"
expect_lacks "but not the secret" 'a-secret-word' "$NS/tmp/out"
cp "$NS/tmp/out" "$NS/tmp/first" && cp "$NS/tmp/out" "$conf"
run -T
expect_eq "what it prints reads back the same" "$(cat "$NS/tmp/first")" "$(cat "$NS/tmp/out")"

# wrong LINE SED-SCRIPT SENTENCE
wrong() {
	good
	sed -i "$2" "$conf"
	run -t
	expect_eq "line $1 wrong is not valid" 1 $?
	expect_has "and says where" "^$conf:$1: .*$3" "$NS/tmp/err"
}
wrong 2 's/^issuer = https/issuer = http/' 'https'
wrong 3 's/^client_id/clientid/' 'unknown key'
wrong 4 's/client_secret_basic/basic/' 'client_secret_basic'
wrong 6 's/^\[login\]/[logins]/' 'unknown section'
wrong 8 '7a allow_groups = x' 'a second time'
good
chmod 640 "$NS/tmp/secret"
run -t
expect_eq "a secret that others can read is refused" 1 $?
expect_has "with the line that names it" "^$conf:5: client_secret_file: .*0640" "$NS/tmp/err"
good
printf '[service vsftpd]\ntime_limit = 30s\n' >>"$conf"
run -t
expect_eq "a section without effect is valid" 0 $?
expect_has "and warned of" "^warning: $conf:12: \\[service vsftpd\\] has no effect" "$NS/tmp/err"
"$helper" >"$NS/tmp/out" 2>&1 </dev/null
expect_eq "by hand it says how it is used" 2 $?
