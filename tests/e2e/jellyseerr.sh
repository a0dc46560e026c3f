#!/bin/sh
# The values of Authelia's Jellyseerr guide, word for word, are a configuration that logs alice in.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
printf insecure_secret >/etc/latchkey/secret
chmod 600 /etc/latchkey/secret
add_conf jellyseerr <<'CONF'
[provider]
client_id = jellyseerr
client_secret_file = /etc/latchkey/secret
client_auth = client_secret_post
scopes = openid,profile,email,groups
CONF
person_ssh alice 'id -un; id -nG' <<SCRIPT
timeout 30
expect Sign in to
expect Code
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice is in" 0 $?
expect_has "as herself" '^alice' "$SCREEN"
expect_has "with the local group of linux-admins" '^alice.*admins-local' "$SCREEN"
expect_has "every request is that client's" '"client_id":"jellyseerr"' - <<JOURNAL
$(requests | grep '"path":"/api/oidc/token"' | tail -n 1)
JOURNAL
expect_eq "the provider finds nothing to object to" '' "$(requests | grep '"violations":\["')"
logged "one line says who, as whom, why" 'verdict=allow .*user=alice service=sshd'
logins_end
