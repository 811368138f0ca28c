#!/bin/sh
# A service's life on a Debian with systemd, without Node: life.sh DIR. DIR holds old.deb, new.deb and holdfast.tar.gz.
# Prints `ok NAME` or `not ok NAME` for each claim, and what is worth knowing after a `#`.
packages=$1
vip=10.9.0.100
conf=/etc/keepalived/keepalived.conf
log=/run/peer.log

# claim NAME COMMAND...: the command must succeed
claim() {
  name=$1
  shift
  if "$@"; then echo "ok $name"; else
    echo "not ok $name"
    journalctl -u holdfast -n 20 --no-pager -o short-monotonic | sed 's/^/# /'
  fi
}
# within SECONDS COMMAND...: it succeeds within that time
within() {
  end=$(($(cut -d. -f1 /proc/uptime) + $1))
  shift
  until "$@"; do
    [ "$(cut -d. -f1 /proc/uptime)" -ge "$end" ] && return 1
    sleep 0.2
  done
}
not() { ! "$@"; }
says() { case $2 in *"$1"*) ;; *) echo "# \"$1\" is not in: $2" && return 1 ;; esac; }
active() { [ "$(systemctl is-active holdfast)" = active ]; }
holds() { ip -4 addr show dev eth0 | grep -qF " $vip/"; }
table() { grep -q 'TCP  0A090064:0050 rr' /proc/net/ip_vs; }
main_pid() { systemctl show -p MainPID --value holdfast; }
main_pid_is() { [ "$(main_pid)" = "$1" ]; }
new_pid() { [ "$(main_pid)" != "$1" ] && [ "$(main_pid)" != 0 ]; }
peer_took_over() { grep -q 'Entering MASTER STATE' $log; }
master() { within 40 holds; }
nobody_left() { not pgrep -x keepalived > /dev/null; }
since() { echo "# $1: $(($(date +%s%3N) - started)) ms"; }
started() { started=$(date +%s%3N); }

ip netns add peer
ip link add eth0 type veth peer name eth0 netns peer
ip addr add 10.9.0.1/24 dev eth0
ip link set eth0 up
ip -n peer addr add 10.9.0.2/24 dev eth0
ip -n peer link set eth0 up
ip -n peer link set lo up
mkdir -p /etc/keepalived /etc/default

# instance PRIORITY SECONDS [LINE]: an advert each SECONDS
instance() {
  cat << END
vrrp_instance VI_1 {
  version 3
  interface eth0
  virtual_router_id 51
  priority $1
  advert_int $2
  virtual_ipaddress {
    $vip/24
    $3
  }
}
END
}
pool='virtual_server 10.9.0.100 80 {
  lvs_sched rr
  lvs_method NAT
  protocol TCP
  real_server 10.9.0.2 8080 {
    weight 1
  }
}'
configure() { { instance 150 "$@" && echo "$pool"; } > $conf; }
configure 1
echo 'DAEMON_ARGS="--log-detail"' > /etc/default/keepalived
# killall keepalived must not mean the peer.
{
  echo 'global_defs {
  process_name peer
  vrrp_process_name peer_vrrp
}'
  instance 100 1
} > /etc/peer.conf

peer() {
  ip netns exec peer /usr/sbin/holdfastd -n -l -D -G -f /etc/peer.conf -p /run/peer.pid -r /run/peer_vrrp.pid > $log 2>&1 &
  peer=$!
}
# traffic while COMMAND...: no request is lost, and the peer stays backup
traffic_while() {
  : > $log
  ip netns exec peer ping -n -i 0.2 -w 600 $vip > /run/ping.log 2>&1 &
  ping=$!
  ip monitor address dev eth0 > /run/addresses.log 2>&1 &
  monitor=$!
  : > /run/table.log
  (while :; do
    table || echo gone >> /run/table.log
    sleep 0.1
  done) &
  look=$!
  sleep 2
  "$@"
  status=$?
  sleep 4
  kill $monitor $look
  kill -INT $ping
  wait $ping
  grep 'packets transmitted' /run/ping.log | sed 's/^/# /'
  return $status
}
never_gone() { not grep '^Deleted' /run/addresses.log && not grep gone /run/table.log; }
nothing_lost() { grep -q ' 0% packet loss' /run/ping.log; }

# --- keepalived itself, at work
claim 'keepalived serves before' sh -c 'systemctl start keepalived && ps -o comm= -C keepalived | grep -qx keepalived'
claim 'it holds the address' master

# --- installed
claim 'there is no Node on this machine' not command -v node > /dev/null
started
dpkg -i "$packages/old.deb" > /run/dpkg.log 2>&1
status=$?
since 'installing'
sed 's/^/# /' /run/dpkg.log
claim 'the package installs' test $status = 0
claim 'it has taken the place of keepalived' sh -c '! dpkg-query -W -f "\${Status}" keepalived | grep -q "ok installed"'
claim 'whose configuration is as it was' sh -c 'grep -q VI_1 /etc/keepalived/keepalived.conf && grep -q log-detail /etc/default/keepalived'
claim 'the service runs after installing' within 20 active
claim 'it starts at boot' test "$(systemctl is-enabled holdfast)" = enabled
claim 'keepalived.service is its other name' test "$(systemctl is-active keepalived)" = active
claim 'systemd knows that it is ready, and what it says of itself' says Running "$(systemctl show -p StatusText --value holdfast)"
claim 'options come from /etc/default/keepalived' says --log-detail "$(tr '\0' ' ' < "/proc/$(main_pid)/cmdline")$(systemctl show -p ExecStart --value holdfast)$(journalctl -u holdfast --no-pager | grep 'Command line')"
peer
claim 'it becomes master and holds the address' master
# What keepalived has left behind goes; its options do with it, and here they are kept.
pid=$(main_pid)
cp /etc/default/keepalived /run/options
claim 'keepalived is purged' dpkg -P keepalived
cp /run/options /etc/default/keepalived
claim 'that disturbs nobody' main_pid_is "$pid"
claim 'and the address stays' holds
claim 'nor does the other name go' test "$(systemctl is-active keepalived)" = active
claim 'the journal tells it' within 5 sh -c 'journalctl -u holdfast --no-pager | grep -q "Entering MASTER STATE"'
claim 'the LVS table is set' within 10 table
claim 'the commands are there' sh -c 'keepalived --version 2>&1 | grep -q Holdfast && genhash --help | grep -q MD5 && holdfast --version'
claim 'holdfast check reads the file' sh -c 'holdfast check > /run/check.log; [ $? -le 1 ]'
claim 'systemctl status shows the service' sh -c 'systemctl status --no-pager keepalived | grep -q "active (running)"'

# --- as the tutorials say it
claim 'service keepalived status' sh -c 'service keepalived status --no-pager | grep -q "active (running)"'
claim 'systemctl enable keepalived is refused by systemd' says 'alias name' "$(systemctl enable keepalived 2>&1)"
claim 'and the service is enabled all the same' test "$(systemctl is-enabled holdfast)" = enabled
claim 'systemctl disable keepalived disables it' sh -c 'systemctl disable keepalived 2> /dev/null; [ "$(systemctl is-enabled holdfast)" = disabled ]'
claim 'systemctl enable holdfast brings both names back' sh -c 'systemctl enable holdfast 2> /dev/null && [ "$(systemctl is-active keepalived)" = active ]'

# --- looked up
page() { man -P cat "$@" 2> /run/man.log > /run/page; grep -q "$said" /run/page || { sed 's/^/# /' /run/man.log && return 1; }; }
bash_completes() { bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader holdfast; complete -p holdfast' | grep -q _holdfast; }
zsh_completes() { zsh -fc 'autoload -Uz compinit && compinit -D && print -r -- $_comps[holdfast] && autoload +X _holdfast' | grep -qx _holdfast; }
looked_up() {
  for name in holdfastd keepalived; do said='planned restart' && claim "man $name shows the daemon$1" page $name; done
  for name in holdfast.conf keepalived.conf; do said='virtual_router_id' && claim "man $name shows the keywords$1" page $name; done
  said='doctor' && claim "man holdfast shows the command$1" page holdfast
  said='use-sni' && claim "man genhash shows its options$1" page genhash
  claim "bash completes the command$1" bash_completes
  claim "zsh completes the command$1" zsh_completes
}
looked_up ''

# --- reloaded
pid=$(main_pid)
configure 1 10.9.0.101/24
claim 'a good file is reloaded' systemctl reload holdfast
claim 'it is in force' within 10 sh -c 'ip addr show dev eth0 | grep -qF 10.9.0.101/'
echo 'vrrp_instance VI_1 {' > $conf
claim 'a bad file is refused by systemctl reload' not systemctl reload holdfast 2> /run/reload.log
claim 'the daemon goes on as it was' sh -c "ip addr show dev eth0 | grep -qF 10.9.0.101/ && [ $(main_pid) = $pid ]"
claim 'the journal tells why' within 5 sh -c 'journalctl -u holdfast --no-pager | grep -q "not reloaded"'
# This kernel is so slow that a daemon needs some seconds to start: so an advert each ten seconds.
configure 10
claim 'a good file is reloaded again' systemctl reload holdfast
claim 'the address that left the file is gone' within 10 sh -c '! ip addr show dev eth0 | grep -qF 10.9.0.101/'

# --- upgraded and restarted under traffic
pid=$(main_pid)
started
traffic_while dpkg -i "$packages/new.deb" > /run/dpkg.log 2>&1
status=$?
since 'upgrading (6 s of it are waits)'
sed 's/^/# /' /run/dpkg.log
claim 'the package upgrades' test $status = 0
claim 'the new version is installed' says -2 "$(dpkg-query -W -f '${Version}' holdfast)"
claim 'another process serves' new_pid "$pid"
claim 'the upgrade loses no request' nothing_lost
claim 'the peer does not become master by the upgrade' not peer_took_over
claim 'the new daemon goes on as master' sh -c 'journalctl -u holdfast --no-pager | grep -q "as master of VI_1"'
claim 'the address stays for ever again' sh -c "ip -4 addr show dev eth0 | grep -A1 -F ' $vip/' | grep -q 'valid_lft forever'"
claim 'address and LVS table are there all the time' never_gone
claim 'the LVS table stayed' table
pid=$(main_pid)
started
traffic_while systemctl restart keepalived
since 'restarting (6 s of it are waits)'
claim 'systemctl restart keepalived makes another process' new_pid "$pid"
claim 'a restart loses no request' nothing_lost
claim 'the peer does not become master by a restart' not peer_took_over
claim 'nor do address and LVS table go' never_gone
# Red Hat's file, read where it is.
mkdir -p /etc/sysconfig
echo 'KEEPALIVED_OPTIONS="--log-facility=3"' > /etc/sysconfig/keepalived
pid=$(main_pid)
claim '/etc/init.d/keepalived restart works' /etc/init.d/keepalived restart
claim 'systemd has done it' new_pid "$pid"
claim 'and knows the daemon' main_pid_is "$(cat /run/keepalived.pid)"
claim 'options come from /etc/sysconfig/keepalived too' says "'--log-detail' '--log-facility=3'" "$(journalctl -u holdfast --no-pager | grep 'Command line' | tail -n 1)"
rm /etc/sysconfig/keepalived
configure 1
systemctl reload holdfast
journalctl -u holdfast --no-pager -o short-monotonic | grep -E 'restart is coming|Stopped|Starting Holdfast|Going on|Startup complete' | tail -5 | sed 's/^/# /'

# --- the watchdog
pid=$(main_pid)
kill -STOP "$pid"
started
claim 'a daemon that hangs is ended by the watchdog and started again' within 60 new_pid "$pid"
since 'from hanging to another process'
claim 'its systemd result was the watchdog' within 5 sh -c 'journalctl -u holdfast --no-pager | grep -qi "watchdog timeout"'
claim 'it serves again' within 60 sh -c 'systemctl is-active -q holdfast && ip -4 addr show dev eth0 | grep -qF 10.9.0.100/'

# --- stopped as the tutorials do
: > $log
killall keepalived
claim 'killall keepalived ends it' within 20 nobody_left
claim 'it is not started again: whoever said so meant it' sh -c 'sleep 2; [ "$(systemctl is-active holdfast)" = inactive ]'
claim 'the address is gone' not holds
claim 'the peer takes over' within 20 peer_took_over
claim 'the LVS table is gone' not table
claim 'systemctl start keepalived starts it' systemctl start keepalived
claim 'and it takes the address back' master
: > $log
claim 'systemctl stop stops it' systemctl stop holdfast
claim 'a stop gives the address back' not holds
claim 'at a stop the peer takes over at once' within 4 peer_took_over
systemctl start holdfast
claim 'it is master again' master

# --- disabled: the other name of the unit is gone, and that of the init script is left
systemctl disable holdfast 2> /dev/null
claim 'while it is disabled systemctl restart keepalived works' sh -c 'systemctl restart keepalived && [ "$(systemctl is-active holdfast)" = active ]'
claim 'and so does systemctl stop keepalived' sh -c 'systemctl stop keepalived && [ "$(systemctl is-active holdfast)" = inactive ]'
claim 'and systemctl start keepalived' sh -c 'systemctl start keepalived && [ "$(systemctl is-active holdfast)" = active ]'
systemctl enable holdfast 2> /dev/null
claim 'enabled, it has its other name again' sh -c '[ "$(systemctl show -p Id --value keepalived)" = holdfast.service ]'
claim 'it is master again before it is removed' master

# --- removed
kill "$peer"
claim 'the package is removed' dpkg -r holdfast
claim 'nothing of it runs' within 5 nobody_left
claim 'the address went with it' not holds
claim 'its programs are gone' sh -c '! command -v holdfastd keepalived genhash holdfast'
claim 'the configuration stays' test -s $conf
# dpkg asks about the options, which are not the package's any more.
claim 'keepalived is installed again' dpkg --force-confold -i /opt/keepalived.deb
claim 'and serves with the same file' within 20 sh -c 'systemctl is-active -q keepalived && pgrep -x keepalived > /dev/null && [ "$(readlink -f /proc/$(systemctl show -p MainPID --value keepalived)/exe)" = /usr/sbin/keepalived ]'
claim 'it holds the address' master
claim 'keepalived goes again' dpkg -P keepalived
claim 'the package is purged' dpkg -P holdfast
left() { find "$@" ! -name 'holdfast-test*' ! -path '/run/systemd/*' 2> /dev/null | sed 's/^/# left: /'; }
nothing_left() { left=$(left "$@") && [ -z "$left" ] || { echo "$left" && return 1; }; }
claim 'nothing of it is left' nothing_left /etc /usr /run /var/lib/systemd -name '*holdfast*'
claim 'nor of its other name' nothing_left /etc/systemd /etc/init.d /etc/rc?.d /usr /run -name '*keepalived*'
claim 'systemd does not know it any more' not systemctl cat holdfast > /dev/null 2>&1

# --- the tarball
mkdir /opt/unpacked
tar -xzf "$packages/holdfast.tar.gz" -C /opt/unpacked
claim 'install.sh installs' sh /opt/unpacked/*/install.sh
claim 'its service runs' within 20 active
claim 'its commands are there' sh -c 'keepalived --version 2>&1 | grep -q Holdfast && genhash --help | grep -q MD5'
looked_up ' of the tarball'
claim 'it serves' master
configure 10
systemctl reload holdfast
sleep 2
pid=$(main_pid)
claim 'install.sh upgrades' sh /opt/unpacked/*/install.sh
claim 'and goes on as master' sh -c "[ $(main_pid) != $pid ] && ip -4 addr show dev eth0 | grep -qF 10.9.0.100/"
claim 'install.sh --uninstall removes it' sh /usr/local/lib/holdfast/install.sh --uninstall
claim 'nothing of it runs any more' within 5 nobody_left
claim 'nothing of it is left either' nothing_left /usr/local /etc /run -name '*holdfast*'
