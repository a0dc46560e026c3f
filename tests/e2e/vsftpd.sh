#!/bin/sh
# vsftpd answers every prompt with the password that it has: it is not in services, its logins are as they were and cost no
# request. Put there all the same, it is refused, and does not hang.
. "$(dirname "$0")/../support/e2e.sh"
needs vsftpd
setup_hosts vsftpd
mkdir -p /run/vsftpd/empty
for try in 1 2 3 4 5 6 7 8; do
	port=$((20000 + 0x$(cut -c1-4 /proc/sys/kernel/random/uuid) % 10000))
	cat >"$NS/vsftpd.conf" <<-CONF
		listen=YES
		listen_address=127.0.0.1
		listen_port=$port
		local_enable=YES
		pam_service_name=vsftpd
		secure_chroot_dir=/run/vsftpd/empty
		background=NO
		seccomp_sandbox=NO
	CONF
	vsftpd "$NS/vsftpd.conf" >"$NS/log/vsftpd" 2>&1 &
	vsftpd=$!
	until gone "$vsftpd" || curl -s -m 5 -o /dev/null "ftp://127.0.0.1:$port/" || [ $? -eq 67 ]; do sleep 0.05; done
	gone "$vsftpd" || break
	[ "$try" -lt 8 ] || fail "vsftpd does not start: $(cat "$NS/log/vsftpd")"
done
echo of-bob >"$NS/home/bob/file" && chown bob "$NS/home/bob/file"
get() { curl -s -m 20 -u "$1" -o "$NS/tmp/got" "ftp://127.0.0.1:$port/file"; }
get bob:bobs-own-password
expect_eq "bob gets in by his password" 0 $?
expect_eq "to his file" of-bob "$(cat "$NS/tmp/got")"
get bob:not-his
expect_eq "and by no other" 67 $?
expect_eq "the provider heard nothing" '' "$(requests)"
add_conf services <<'CONF'
[login]
services = sshd sudo su login vsftpd
CONF
began=$(now_cs)
get bob:bobs-own-password
expect_eq "in services, its logins are refused" 67 $?
[ $(($(now_cs) - began)) -lt 1000 ] || fail "it took $(($(now_cs) - began)) hundredths of a second"
ok "and at once"
logged "the log says that there was no conversation" 'verdict=cancel reason=conv.failed .*user=bob service=vsftpd'
logins_end
