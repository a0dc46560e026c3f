#!/bin/sh
# chromium.sh URL CA USER: a person opens URL in a headless Chromium, signs in, approves, and looks at the page they land on:
# its address and text go to standard output. The browser is driven over --remote-debugging-pipe: JSON with a NUL behind it,
# in at descriptor 3, out at 4. LK_PICTURE names a file for a picture of the last page.
set -u
url=$1 ca=$2 user=$3
dir=$(mktemp -d) || exit 1
trap 'kill "$browser" 2>/dev/null; rm -rf "$dir"' EXIT
browser=
n=0

# The test provider's certificate is vouched for by nobody that Chromium knows; its key is named instead.
authority=${url#https://}
authority=${authority%%/*}
key=$(openssl s_client -connect "$authority" -CAfile "$ca" -verify_return_error </dev/null 2>/dev/null |
	openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64)
[ -n "$key" ] || { echo "no certificate at $authority that $ca vouches for"; exit 1; }

mkfifo "$dir/in" "$dir/out"
HOME=$dir chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update \
	--disable-sync --disable-dev-shm-usage --user-data-dir="$dir/profile" --ignore-certificate-errors-spki-list="$key" \
	--remote-debugging-pipe about:blank 3<"$dir/in" 4>"$dir/out" >"$dir/log" 2>&1 &
browser=$!
: >"$dir/answers"
cat <"$dir/out" >"$dir/answers" &
exec 5>"$dir/in"

# ask METHOD PARAMS: the answer's line, into $answer
ask() {
	n=$((n + 1))
	printf '{"id":%d%s,"method":"%s","params":%s}\0' "$n" "${session:+,\"sessionId\":\"$session\"}" "$1" "$2" >&5
	i=0
	until answer=$(tr '\0' '\n' <"$dir/answers" | grep -m 1 "^{\"id\":${n}[,}]"); do
		i=$((i + 1))
		[ $i -lt 200 ] && kill -0 "$browser" 2>/dev/null || { echo "no answer to $1 $2"; tail -n 3 "$dir/log"; exit 1; }
		sleep 0.1
	done
}
field() { printf '%s\n' "$answer" | sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p"; }
# js EXPRESSION: its value, a text without quotes in it, into $value
js() {
	ask Runtime.evaluate "{\"expression\":\"$1\"}"
	value=$(field value)
}
# page WORD: until that stands in the heading
page() {
	i=0
	until js "document.readyState == 'complete' && document.querySelector('h1') ? document.querySelector('h1').textContent : ''" && [ "${value#*"$1"}" != "$value" ]; do
		i=$((i + 1))
		[ $i -lt 100 ] || { echo "no page \"$1\" but \"$value\""; exit 1; }
		sleep 0.1
	done
}

session=
ask Target.createTarget '{"url":"about:blank"}'
ask Target.attachToTarget "{\"targetId\":\"$(field targetId)\",\"flatten\":true}"
session=$(field sessionId)
ask Page.navigate "{\"url\":\"$url\"}"
page 'Sign in'
js "document.querySelector('#username').value = '$user'; document.querySelector('#password').value = '$user'; document.querySelector('button[value=sign-in]').click(); ''"
page "${LK_CONSENT:-Approve}"
js "document.querySelector('button[value=approve]').click(); ''"
i=0
until js "location.protocol + location.hostname + ' ' + document.readyState" && [ "$value" = 'http:127.0.0.1 complete' ]; do
	i=$((i + 1))
	[ $i -lt 100 ] || { js "location.href + ' ' + document.title"; echo "it does not land: $value"; exit 1; }
	sleep 0.1
done
js "document.title + ' | ' + document.body.innerText.replace(/\\\\s+/g, ' ')"
echo "$value"
if [ -n "${LK_PICTURE:-}" ]; then
	ask Page.captureScreenshot '{}'
	field data | openssl base64 -d -A >"$LK_PICTURE"
fi
