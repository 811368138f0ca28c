import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';

const configuration = `virtual_server 127.0.0.100 80 {
    delay_loop 1
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 127.0.1.1 8080 {
        weight 1
    }
    real_server 127.0.1.2 8080 {
        weight 1
    }
}
`;

/** Says what the kernel's table holds at each station: addresses and ports as the kernel writes them, and weights. */
const story = `
D="${process.execPath} ${join(rootFolder, 'dist/holdfastd.mjs')}"
H="${process.execPath} ${join(rootFolder, 'dist/holdfast.mjs')}"
export HOLDFAST_SOCKET=$SCRATCH/control.sock
cd $SCRATCH
until_true() {
  i=0
  while [ $i -lt 400 ]; do eval "$1" > /dev/null 2>&1 && return 0; sleep 0.05; i=$((i + 1)); done
  echo "NOT SEEN: $1"; cat log; exit 99
}
table() { awk '$1 == "->" && $2 ~ /^7F/ { printf "%s=%s ", $2, $4 }' /proc/net/ip_vs; }
is() { [ "$(table)" = "$1" ]; }
order() { $H server "$@" > said 2>&1 || { cat said; exit 98; }; }
start() {
  : > log
  $D -n -l -G -D -C -f ha.conf -p k.pid -c c.pid --control-socket $HOLDFAST_SOCKET >> log 2>&1 &
  CORE=$!
  until_true 'grep -q "Control socket" log'
  until_true '[ -n "$(table)" ]'
}
say() { echo "$1: $(table)"; }
ip link set lo up
start
until_true 'is "7F000102:1F90=1 7F000101:1F90=1 "'; say start
order drain 127.0.0.100:80 127.0.1.1; until_true 'is "7F000102:1F90=1 7F000101:1F90=0 "'; say drained
$H status > screen; grep -c 'drained  0 active, 0 inactive' screen
before=$(cat c.pid); kill -9 $before; until_true '[ "$(cat c.pid)" != "$before" ]'; sleep 2.5; say 'worker killed'
kill -HUP $CORE; until_true 'grep -q "Reload complete" log'; sleep 1.5; say reloaded
order disable 127.0.0.100:80 127.0.1.1; until_true 'is "7F000102:1F90=1 "'; say disabled
order weight '[127.0.0.100]:tcp:80' '[127.0.1.2]:tcp:8080' 7; until_true 'is "7F000102:1F90=7 "'; say weighed
order enable tcp/127.0.0.100:80 127.0.1.1:8080; until_true 'is "7F000101:1F90=1 7F000102:1F90=7 "'; say enabled
kill $CORE; wait $CORE; echo "ended with $?: $(table)"
ls control.sock 2>/dev/null
start; until_true 'is "7F000102:1F90=1 7F000101:1F90=1 "'; say 'started anew'
kill $CORE; wait $CORE
`;

describeWith(
  { root: true, tools: ['linux.uml', 'modprobe'] },
  "an operator's orders in a real kernel",
  () => {
    test('are obeyed at once, outlast the worker and a reload, and end with the daemon', async () => {
      const { status, stdout, stderr, console } = await runInUml({
        command: ['/bin/sh', '-c', story],
        modules: ['ip_vs', 'ip_vs_rr'],
        files: { 'ha.conf': configuration },
        timeoutMilliseconds: 150_000,
      });
      expect(status, `the guest ends well:\n${stdout}\n${stderr}\n${console}`).toBe(0);
      expect(
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => line.trimEnd()),
      ).toEqual([
        'start: 7F000102:1F90=1 7F000101:1F90=1',
        'drained: 7F000102:1F90=1 7F000101:1F90=0',
        '1',
        'worker killed: 7F000102:1F90=1 7F000101:1F90=0',
        'reloaded: 7F000102:1F90=1 7F000101:1F90=0',
        'disabled: 7F000102:1F90=1',
        'weighed: 7F000102:1F90=7',
        'enabled: 7F000101:1F90=1 7F000102:1F90=7',
        'ended with 0:',
        'started anew: 7F000102:1F90=1 7F000101:1F90=1',
      ]);
    }, 160_000);
  },
);
