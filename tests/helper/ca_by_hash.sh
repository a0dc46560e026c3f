#!/bin/sh
# The system's CAs, without ca_file: looked up by hash in /etc/ssl/certs, where a bundle would cost 1 MiB and 40 ms. H-10
. "$(dirname "$0")/../support/e2e.sh"
needs openssl
start_mock
write_conf
sed -i '/^ca_file/d' /etc/latchkey/latchkey.conf
add_conf test <<-CONF
	[login]
	services = sudo
	prompt = none
CONF
ctl auto alice >/dev/null
# login: its exit status; what it says is in $SCREEN
login() { latchkey login alice --service sudo >"$SCREEN" 2>&1 </dev/null; }

login
expect_eq "a CA that the system does not know" 1 $?
expect_has "is TLS's failure" 'reason net.tls' "$SCREEN"
# as update-ca-certificates leaves it, but for the link
hash=$(openssl x509 -in "$MOCK_CA" -noout -hash)
rm -f "/etc/ssl/certs/$hash".* && cat "$MOCK_CA" >>/etc/ssl/certs/ca-certificates.crt || fail "no bundle"
login
expect_eq "in the bundle alone it is not looked for" 1 $?
cp "$MOCK_CA" "/etc/ssl/certs/$hash.0" && chmod 644 "/etc/ssl/certs/$hash.0" || fail "no CA"
rm /etc/ssl/certs/ca-certificates.crt
login
expect_eq "by its hash it is found" 0 $?
mv "/etc/ssl/certs/$hash.0" "/etc/ssl/certs/0$hash.0"
login
expect_eq "by another name it is not" 1 $?
add_conf ca <<-CONF
	[provider]
	ca_file = $MOCK_CA
CONF
login
expect_eq "ca_file is asked in the system's place" 0 $?
logins_end
