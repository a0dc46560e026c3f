#!/bin/sh
# latchkey explain without root, without the secret and the records; with them; and that it leaves everything as it was.
. "${top_srcdir:?}/tests/support/lib.sh"
. "$top_srcdir/tests/support/explain.sh"
on_failure() { sed 's/^/	| /' "$dir/out"; }

mkdir -p "$dir/state/pins"
chmod 700 "$dir/state" "$dir/state/pins"
echo s3cr3t >"$dir/secret" && chmod 600 "$dir/secret"
cat >"$dir/conf" <<CONF
[provider]
issuer = https://auth.example.com
client_id = linux-login
client_auth = client_secret_basic
client_secret_file = $dir/secret
[login]
allow_groups = linux-users
[service sudo]
allow_groups = linux-admins
CONF
# alice is on record
LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_GROUP="$dir/group" \
	"$top_builddir/latchkey" pin alice --sub s-1 --conf "$dir/conf" --pins "$dir/state/pins" >"$dir/out" 2>&1 ||
	fail "latchkey pin"
tree() { (cd "$dir" && find . ! -name out -printf '%p %m %U %s %T@\n' | sort && sha256sum state/pins/* conf secret); }
before=$(tree)

explain alice --groups linux-users --claim sub=s-1 --conf "$dir/conf"
expect_eq "whose account it is gets in" 0 "$status"
expect_has "by the record" "^  pin        yes this person's by the record" "$dir/out"
explain alice --groups linux-users --claim sub=s-2 --conf "$dir/conf"
expect_eq "somebody else of that name does not" 1 "$status"
expect_has "and is told why" '^because      pin.sub: ' "$dir/out"
explain alice --service sudo --groups linux-users --conf "$dir/conf"
expect_eq "a service narrows" 1 "$status"
expect_has "by its own section" '^decided by   \[service sudo\] allow_groups$' "$dir/out"
explain alice --service cron --conf "$dir/conf"
expect_eq "what is exempt is neither" 3 "$status"
expect_has "and says so" '^alice as alice by cron: exempt, .* (PAM_IGNORE)$' "$dir/out"
explain alice --groups linux-users --json --conf "$dir/conf"
expect_has "it speaks JSON" '^ "pam": "PAM_SUCCESS",$' "$dir/out"
expect_eq "nothing was changed" "$before" "$(tree)"

# somebody who may read the configuration alone: as root nobody, else whom the modes keep out
if [ -z "$as_nobody" ]; then chmod 0 "$dir/secret" "$dir/state"; fi
as=$as_nobody
explain alice --groups linux-users --claim sub=s-2 --conf "$dir/conf"
expect_eq "without root it answers" 0 "$status"
expect_has "what it did not look at" '^  pin        ?   not looked at' "$dir/out"
expect_has "it says" '^note ' "$dir/out"
explain carol --groups linux-users --conf "$dir/conf"
expect_eq "what might be approved is taken for not" 1 "$status"
expect_has "with a word about it" '^note .* whether latchkey pin approved it' "$dir/out"
explain bob --groups others --conf "$dir/conf"
expect_eq "what does not hang on the record" 1 "$status"
expect_lacks "has no such word" '^note' "$dir/out"

as=
chmod 700 "$dir/state"
chmod 600 "$dir/secret"
expect_eq "nothing was changed there either" "$before" "$(tree)"
echo 'allow_grups = x' >>"$dir/conf"
explain alice --conf "$dir/conf"
expect_eq "a mistake of the configuration is told" 2 "$status"
expect_has "with its line" "^latchkey explain: $dir/conf:10: " "$dir/out"
