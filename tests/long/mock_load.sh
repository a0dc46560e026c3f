#!/bin/sh
# timeout: 1200
# 1,000 device logins one after another and 200 side by side against one mock provider; and fewer of them under valgrind,
# as well as what the mock's own tests ask of it.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT PIPE TERM
TMPDIR=$dir
export TMPDIR

cd "$top_builddir"
bench/mock_logins ./latchkey-mock-idp
command -v valgrind >/dev/null || { echo "SKIP: 1000 logins are well, but valgrind is not installed"; exit 77; }
echo "under valgrind"
mkdir "$dir/bin" "$dir/said"
# the server alone: its own clients are quick, and many
cat >"$dir/bin/latchkey-mock-idp" <<HERE
#!/bin/sh
case \${1:-} in ctl | browser) exec "$PWD/latchkey-mock-idp" "\$@" ;; esac
exec valgrind -q --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=99 \\
	--log-file="$dir/said/%p" "$PWD/latchkey-mock-idp" "\$@"
HERE
chmod +x "$dir/bin/latchkey-mock-idp"
bench/mock_logins --logins 100 --at-once 20 --grow any --patience 120 "$dir/bin/latchkey-mock-idp"
for t in flow endpoints script; do
	echo "$t"
	top_builddir=$dir/bin "$top_srcdir/tests/component/mock/$t.sh"
done
if find "$dir/said" -type f -size +0 -exec cat {} + | grep .; then
	echo "FAIL: valgrind has something to say"
	exit 1
fi
