# shellcheck shell=sh
# Hosts differ by version. A test reads the installed one and asserts what that version does; it never skips. Sourced
# after e2e.sh.

: "${top_builddir:?}"
openssh_version() { sshd -V 2>&1 | sed -n 's/^OpenSSH_\([0-9.]*\).*/\1/p' | head -n 1; }
sudo_version() { sudo -V | sed -n '1s/^Sudo version //p'; }
su_version() { su --version | sed -n 's/^su from util-linux //p'; }

# since VERSION NAME HAVE: whether NAME, of which we have HAVE, is VERSION or later
since() {
	case $3 in [0-9]*) ;; *) fail "the version of $2 cannot be read: $3" ;; esac
	if [ "$(printf '%s\n' "$1" "$3" | sort -V | head -n 1)" = "$1" ]; then
		echo "# $2 $3, $1 or later"
	else
		echo "# $2 $3, before $1"
		return 1
	fi
}

openssh_since() { since "$1" OpenSSH "$(openssh_version)"; }
sudo_since() { since "$1" sudo "$(sudo_version)"; }
su_since() { since "$1" su "$(su_version)"; }

# user_changed SERVICE: a stack that lets everybody in and makes PAM_USER bob
user_changed() {
	cat >"/etc/pam.d/$1" <<-PAM
		auth     required $top_builddir/tests/support/.libs/pam_setuser.so bob
		account  required pam_permit.so
		session  required pam_permit.so
	PAM
}

# user_changed_after_us SERVICE: the same, behind a sign-in
user_changed_after_us() {
	pam_service "$1" <<-PAM
		auth     requisite pam_latchkey.so
		auth     required $top_builddir/tests/support/.libs/pam_setuser.so bob
		account  required pam_latchkey.so
		session  required pam_latchkey.so
	PAM
}
