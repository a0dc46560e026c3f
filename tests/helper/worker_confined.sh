#!/bin/sh
# The waiting pair of processes as /proc shows it: the worker has no rights, the monitor few, and neither can be read. C-049, C-158
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh

# What the kernel says of them while two people wait, each at a prompt.
cat >"$NS/bin/look" <<'LOOK'
#!/bin/sh
for p in $(pgrep -x latchkey-worker); do worker=$p; [ -n "${first:-}" ] || first=$p; done
monitor=$(sed -n 's/^PPid:\t//p' /proc/$worker/status)
latchkey=$(id -u latchkey) gid=$(id -g latchkey)
exec >"$NS/log/look" 2>&1
field() { sed -n "s/^$2:[[:blank:]]*//p" "/proc/$1/status" | tr '\t' ' '; }
echo "workers $(pgrep -xc latchkey-worker)"
echo "uid $(field $worker Uid)" | sed "s/ $latchkey/ L/g"
echo "gid $(field $worker Gid)" | sed "s/ $gid/ L/g"
echo "groups $(field $worker Groups)"
for set in Inh Prm Eff Bnd Amb; do echo "cap$set $(field $worker Cap$set)"; done
echo "nnp $(field $worker NoNewPrivs)"
echo "alone $(field $worker NSpid | sed 's/.* //')"
echo "tracer $(field $worker TracerPid)"
echo "environ $(wc -c <"/proc/$worker/environ")"
echo "cmdline $(tr '\0' ' ' <"/proc/$worker/cmdline")"
echo "cwd $(readlink "/proc/$worker/cwd")"
echo "owner $(stat -c %u "/proc/$worker/fd")"
echo "core $(sed -n 's/^Max core file size *//p' "/proc/$worker/limits" | awk '{print $1, $2}')"
echo "fsize $(sed -n 's/^Max file size *//p' "/proc/$worker/limits" | awk '{print $1, $2}')"
echo "fd0 $(readlink "/proc/$worker/fd/0" | sed 's/[0-9].*//')"
echo "fd1 $(readlink "/proc/$worker/fd/1")"
echo "fd2 $(readlink "/proc/$worker/fd/2")"
# libcurl's own: its connection and what wakes it; no file, and nothing of the host
echo "files $(readlink /proc/$worker/fd/* | grep -v -e '^/dev/null$' -e '^socket:' -e '^anon_inode:' -e '^pipe:' | tr '\n' ' ')"
echo "muid $(field $monitor Uid)"
echo "mgroups $(field $monitor Groups)"
echo "mowner $(stat -c %u "/proc/$monitor/fd")"
echo "menviron $(tr '\0' '\n' <"/proc/$monitor/environ" | sed 's/=.*//' | sort | tr '\n' ' ')"
echo "msession $([ "$(ps -o sid= -p $monitor | tr -d ' ')" = "$monitor" ] && echo own)"
echo "mfiles $(readlink /proc/$monitor/fd/* | grep -v -e '^/dev/null$' -e '^socket:' -e '^anon_inode:' | tr '\n' ' ')"
# a captured worker is the same uid without rights: what can it do to the other?
as_worker() { setpriv --reuid $latchkey --regid $gid --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs -- "$@"; }
try() {
	case $1 in
	fd | root) as_worker ls /proc/$first/$1/ ;;
	*) as_worker dd if=/proc/$first/$1 of=/dev/null bs=1 count=1 ;;
	esac >/dev/null 2>&1
}
for what in mem environ maps fd root; do
	if try $what; then echo "other-$what open"; else echo "other-$what closed"; fi
done
if as_worker cat /proc/self/maps >/dev/null; then echo "self-maps open"; fi
LOOK
chmod +x "$NS/bin/look"

printf 'timeout 25\nexpect %s\nrun sleep 6\nkill\n' "$ENTER" | ptyrun - "$NS/log/bob" ssh -F "$NS/ssh_config" bob@testhost true &
bob=$!
wait_for 10 "bob's login" pgrep -x latchkey-worker
person_ssh alice true <<SCRIPT
timeout 25
expect $ENTER
run look
kill
SCRIPT
is() { expect_eq "$1" "$3" "$(sed -n "s/^$2 *//p" "$NS/log/look" | sed 's/ *$//')"; }
is "two people wait, two workers" workers 2
is "the worker's uid is latchkey's, all four" uid "L L L L"
is "and its gid" gid "L L L L"
is "no supplementary groups" groups ""
for set in Inh Prm Eff Bnd Amb; do is "no capabilities ($set)" cap$set 0000000000000000; done
is "no new privileges" nnp 1
if unshare -p -f true 2>/dev/null; then is "it is alone in a pid namespace" alone 1; fi
is "nobody traces it" tracer 0
is "its environment is empty" environ 0
is "nothing in its arguments" cmdline latchkey-worker
is "it stands in /" cwd /
is "it is not dumpable: its /proc is root's" owner 0
is "no core" core "0 0"
is "no file can be written" fsize "0 0"
is "descriptor 0 is the channel" fd0 "socket:["
is "1 is /dev/null" fd1 /dev/null
is "2 is /dev/null" fd2 /dev/null
is "no file is open" files ""
is "the monitor is root, for good" muid "0 0 0 0"
is "without groups" mgroups ""
is "not dumpable either" mowner 0
is "started with a made environment" menviron "LANG PATH"
is "in a session of its own" msession own
is "without open files" mfiles ""
for what in mem environ maps fd root; do is "one worker cannot open the other's $what" "other-$what" closed; done
is "which is no accident of this test: its own it can" self-maps open
wait "$bob"
logins_end
