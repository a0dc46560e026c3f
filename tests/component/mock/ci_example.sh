#!/bin/sh
# timeout: 120
# The examples of doc/mock-idp-in-ci.md, taken from there and run as they stand.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
doc=${top_srcdir:-$(dirname "$0")/../../..}/doc/mock-idp-in-ci.md
mock=$(cd "$(dirname "$mock")" && pwd)/latchkey-mock-idp
mkdir "$dir/bin" "$dir/run"

# block LANGUAGE N: the Nth block of that language
block() {
	awk -v fence='```'"$1" -v want="$2" '$0 == fence { n++; on = n == want; next } /^```/ { on = 0 } on' "$doc"
}
block sh 1 >"$dir/run/ci-login.sh"
block sh 2 >"$dir/run/ci-all.sh"
block python 1 >"$dir/run/example.py"
for f in ci-login.sh ci-all.sh; do
	! command -v shellcheck >/dev/null || shellcheck --norc -e SC2034 "$dir/run/$f" || check "shellcheck of $f" findings none
done

# latchkey-mock-idp on the path; of the list, two are enough: one that must log in, and one that curl refuses too
cat >"$dir/bin/latchkey-mock-idp" <<WRAPPER
#!/bin/sh
case "\$*" in
--list) "$mock" --list | awk '\$1 ~ /^(dev|idt)[.]/ && \$2 == "OK" && !ok++ || \$1 ~ /^tls[.]/ && \$2 == "TLS" && !bad++' ;;
*) exec "$mock" "\$@" ;;
esac
WRAPPER
chmod +x "$dir/bin/latchkey-mock-idp"
PATH=$dir/bin:$PATH TMPDIR=$dir
export PATH TMPDIR

cd "$dir/run" || exit 99
sh ./ci-login.sh >log 2>&1
check "the login" $? 0
check "holds up to every expectation" "$(grep -c '^{"ok":true}$' log)" 6
has "and the last line sums up" '^{"summary":true,"requests":[0-9]*,"logins":1,"violations":0,"evil":0,' log
check "nothing else is said" "$(grep -v '^{' log)" ''
check "nothing is left behind" "$(find "$dir" -mindepth 1 -maxdepth 1 -name "*.*" | grep -c .)" 0

# one thing wrong: it polls sooner than it may
sed 's/sleep 1.2/sleep 0.6/' ci-login.sh >hasty.sh
sh ./hasty.sh >log 2>&1
check "a hasty relying party fails" $? 1
has "and reads why" 'early_poll\|expected 1000 or more' log

# no provider, no verdict
sh ./ci-login.sh --scenario no.such >log 2>&1
check "a provider that does not start is no refusal" $? 99
has "and says why" 'no such scenario: no.such' log

check "a scenario that must log in" "$(latchkey-mock-idp --list | grep -c ' OK ')" 1
check "go the right way" "$(sh ./ci-all.sh; echo $?)" 0
if command -v python3 >/dev/null && "$mock" --help | grep -q exit-with-stdin; then
	check "the example in Python" "$(python3 example.py)" '1 request seen'
fi
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
