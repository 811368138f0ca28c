#!/bin/sh
# The init script's life on a Debian where no systemd runs: init.sh DIR. DIR holds old.deb and new.deb.
# Prints `ok NAME` or `not ok NAME` for each claim, and what is worth knowing after a `#`.
packages=$1
vip=10.9.0.100
conf=/etc/keepalived/keepalived.conf
init=/etc/init.d/holdfast
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

claim() {
  name=$1
  shift
  if "$@" > /run/claim.log 2>&1; then echo "ok $name"; else
    echo "not ok $name"
    sed 's/^/# /' /run/claim.log
  fi
}
within() {
  end=$(($(cut -d. -f1 /proc/uptime) + $1))
  shift
  until "$@"; do
    [ "$(cut -d. -f1 /proc/uptime)" -ge "$end" ] && return 1
    sleep 0.1
  done
}
not() { ! "$@"; }
status_is() {
  wanted=$1
  shift
  "$@"
  [ $? -eq "$wanted" ]
}
holds() { ip -4 addr show dev eth0 | grep -qF " $1/"; }
nobody_left() { not pgrep -x keepalived; }
pid() { cat /run/keepalived.pid; }
peer_took_over() { grep -q 'Entering MASTER STATE' /run/peer.log; }
instance() {
  echo "$3
vrrp_instance VI_1 {
  version 3
  interface eth0
  virtual_router_id 51
  priority $1
  advert_int ${interval:-1}
  virtual_ipaddress {
    $vip/24
    $2
  }
}"
}

ip link set lo up
ip netns add peer
ip link add eth0 type veth peer name eth0 netns peer
ip addr add 10.9.0.1/24 dev eth0
ip link set eth0 up
ip -n peer addr add 10.9.0.2/24 dev eth0
ip -n peer link set eth0 up
ip -n peer link set lo up
mkdir -p /etc/default

# What sysvinit would say: without a runlevel Debian's tools start nothing.
rm -f /sbin/runlevel
printf '#!/bin/sh\necho N 2\n' > /sbin/runlevel
chmod 755 /sbin/runlevel

dpkg -P keepalived > /dev/null 2>&1
claim 'nothing of keepalived is on this machine' not [ -e /etc/keepalived ]
claim 'the package installs where no systemd runs' dpkg -i "$packages/old.deb"
claim 'there is a folder for the configuration' [ -d /etc/keepalived ]
claim 'without a configuration nothing is started' nobody_left
claim 'status says that it does not run' status_is 3 $init status
claim 'start without a configuration is refused' status_is 6 $init start
instance 150 > $conf
echo 'DAEMON_ARGS="-D -p /run/keepalived.pid"' > /etc/default/keepalived
instance 100 '' 'global_defs {
  process_name peer
  vrrp_process_name peer_vrrp
}' > /etc/peer.conf
claim 'start' $init start
claim 'start again is no fault' /etc/init.d/keepalived start
claim 'status' $init status
ip netns exec peer /usr/sbin/holdfastd -n -l -D -G -f /etc/peer.conf -p /run/peer.pid -r /run/peer_vrrp.pid > /run/peer.log 2>&1 &
peer=$!
claim 'it becomes master' within 15 holds $vip

instance 150 10.9.0.101/24 > $conf
claim 'reload' $init reload
claim 'the new file is in force' within 5 holds 10.9.0.101
echo 'vrrp_instance VI_1 {' > $conf
claim 'reload with a bad file is refused' not $init reload
claim 'and so is restart' not $init restart
claim 'the daemon goes on as it was' holds 10.9.0.101
# A machine that does much else at the same time may take seconds to start a daemon.
interval=5
instance 150 > $conf
claim 'reload again' $init reload
claim 'force-reload is the same' $init force-reload
sleep 1

: > /run/peer.log
before=$(pid)
ip netns exec peer ping -n -i 0.05 -w 60 $vip > /run/ping.log 2>&1 &
ping=$!
sleep 0.5
claim 'restart' $init restart
claim 'another process serves' test "$(pid)" != "$before"
before=$(pid)
claim 'upgrade' dpkg -i "$packages/new.deb"
claim 'again another process serves' test "$(pid)" != "$before"
sleep 4
kill -INT $ping
wait $ping
grep 'packets transmitted' /run/ping.log | sed 's/^/# /'
claim 'restart and upgrade lose no request' grep ' 0% packet loss' /run/ping.log
claim 'the peer does not become master by them' not peer_took_over

interval=1
instance 150 > $conf
$init reload > /dev/null
sleep 2
claim 'stop' $init stop
claim 'nothing runs' within 3 nobody_left
claim 'the address is given back' not holds $vip
claim 'the peer takes over at once' within 2 peer_took_over
claim 'stop again is no fault' $init stop
claim 'reload of nothing' status_is 7 $init reload
claim 'try-restart starts nothing' sh -c "$init try-restart; ! pgrep -x keepalived"
echo 4711000 > /run/keepalived.pid
claim 'status tells of a left-over pid file' status_is 1 $init status
claim 'start' $init start
claim 'killall ends it' sh -c 'killall keepalived; sleep 1; ! pgrep -x keepalived'
claim 'an unknown word is refused' status_is 2 $init jump
claim 'restart starts what does not run' $init restart
claim 'remove' dpkg -r holdfast
claim 'nothing runs any more' within 3 nobody_left
kill $peer
claim 'purge' dpkg -P holdfast
claim 'nothing is left' sh -c '[ -z "$(find /etc /usr /run -name "*holdfast*" -o -path "/etc/init.d/keepalived" | tee -a /run/claim.log)" ]'

claim 'the tarball unpacks' sh -c "mkdir /opt/h && tar -xzf $packages/holdfast.tar.gz -C /opt/h"
# refused COMMAND...: with a sentence, and nothing half done
refused() {
  not "$@" && grep -q '^install.sh: ' /run/claim.log && [ ! -e /opt/holdfast ] && [ ! -e /etc/init.d/holdfast ]
}
claim 'install.sh refuses a relative prefix' refused sh -c 'sh /opt/h/*/install.sh --prefix holdfast'
claim 'install.sh refuses who is not root' refused setpriv --reuid 65534 --regid 65534 --clear-groups sh -c 'sh /opt/h/*/install.sh --prefix /opt/holdfast'
printf '#!/bin/sh\n' > /usr/sbin/keepalived && chmod 755 /usr/sbin/keepalived
claim 'install.sh refuses where keepalived is' refused sh -c 'sh /opt/h/*/install.sh --prefix /opt/holdfast'
rm /usr/sbin/keepalived
claim 'install.sh installs an init script' sh -c 'sh /opt/h/*/install.sh --prefix /opt/holdfast'
claim 'which runs it' within 3 $init status
claim 'install.sh --uninstall removes it' sh /opt/holdfast/lib/holdfast/install.sh --uninstall --prefix /opt/holdfast
claim 'nothing runs at the end' within 3 nobody_left
claim 'nothing is left at the end' sh -c '[ -z "$(find /etc /usr /run /opt/holdfast/bin /opt/holdfast/sbin /opt/holdfast/lib /opt/holdfast/share -name "*holdfast*" -o -name "keepalived*.gz" -o -path "/etc/init.d/keepalived" | tee -a /run/claim.log)" ]'
