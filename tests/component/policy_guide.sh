#!/bin/sh
# doc/policy.md: each configuration is loaded, each question asked, and the page written anew must be the page.
#   policy_guide.sh --write    prints it with the answers of now
. "${top_srcdir:?}/tests/support/lib.sh"
. "$top_srcdir/tests/support/explain.sh"
page=$top_srcdir/doc/policy.md
mkdir -p "$dir/here" "$dir/state"

# shellcheck disable=SC2317 # the page's commands call it
latchkey() {
	LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_GROUP="$dir/group" \
		"$top_builddir/latchkey" "$@" --conf "$dir/conf" --pins "$dir/state/pins"
}

latchkey_check() { "$top_builddir/latchkey" check --conf "$dir/conf" >>"$dir/checks" 2>&1; }

# An ini block is a host set up anew, a "json NAME" block a file, a console block commands, whose answers are put in place.
write_anew() {
	in=text
	while IFS= read -r line <&3; do
		case $in,$line in
		text,'```ini') in=ini && : >"$dir/conf" && rm -rf "$dir/state/pins" ;;
		text,'```json '*) in=json file=$dir/here/${line#* } && : >"$file" ;;
		text,'```console') in=console ;;
		text,'```'?*) in=other ;;
		ini,'```') in=text && latchkey_check ;;
		*,'```') in=text ;;
		ini,*) printf '%s\n' "$line" >>"$dir/conf" ;;
		json,*) printf '%s\n' "$line" >>"$file" ;;
		console,'$ '*)
			printf '%s\n' "$line"
			(cd "$dir/here" && eval "${line#??}") 2>&1 </dev/null
			continue
			;;
		console,*) continue ;;
		esac
		printf '%s\n' "$line"
	done 3<"$page"
}

if [ "${1:-}" = --write ]; then
	write_anew
	exit
fi
write_anew >"$dir/anew"
diff -u "$page" "$dir/anew" >"$dir/diff" || fail "the page is not what the command prints (policy_guide.sh --write makes it anew)
$(cat "$dir/diff")"
ok "what the page shows is what the command prints"
expect_eq "ten examples, each with a configuration and a question" "$(seq 1 10)" "$(awk '
	/^## [0-9]/ { n = $2 + 0; conf = 0 }
	/^## [^0-9]/ { n = 0 }
	/^```ini$/ { conf = 1 }
	/^\$ latchkey explain/ && n && conf && !seen[n]++ { print n }' "$page")"
expect_eq "each configuration is valid" "$(grep -c '^```ini$' "$page")" "$(grep -c ': the configuration is valid$' "$dir/checks")"
expect_lacks "and nothing in one is unwise" "^warning: $dir/conf:[0-9]" "$dir/checks"
expect_lacks "none is of a configuration with a mistake" '^latchkey [a-z]*: ' "$page"
for word in 'allowed (PAM_SUCCESS)' 'refused (PAM_PERM_DENIED)' 'refused (PAM_AUTH_ERR)' '(PAM_IGNORE)'; do
	expect_has "there are answers of every kind: $word" "$word" "$page"
done
