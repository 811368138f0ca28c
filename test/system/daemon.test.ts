import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { addonFile, bundleProgram, type Program } from './support/bundle.ts';
import { ownerConfiguration, tell } from './support/sandbox.ts';

const needs = { root: true, tools: ['unshare', 'ip', 'killall', 'pidof', 'pgrep', 'ss', 'setpriv', 'mknod'] };

let listener: Program | undefined;

/** A test that is a story in the shell and what it must have printed. */
function story(
  name: string,
  text: string,
  expected: readonly (string | RegExp)[],
  files: Readonly<Record<string, string>> = {},
): void {
  test.concurrent(name, async () => {
    const { output } = await tell(text, files, { LISTENER: listener?.file ?? '', ADDON: addonFile() ?? '' });
    const lines = output.split('\n');
    const mismatch = expected.findIndex((line, n) => {
      const printed = lines[n] ?? '(nothing)';
      return typeof line === 'string' ? line !== printed : !line.test(printed);
    });
    const shown = mismatch < 0 ? undefined : `line ${mismatch + 1}: ${String(expected[mismatch])}\n${output}`;
    expect(shown).toBeUndefined();
    expect(lines.length, output).toBe(expected.length);
  });
}

describeWith(needs, 'the daemon', () => {
  describe('can be found and aimed at', () => {
    story(
      'by pidof, pgrep, ps and pid files, core and worker alike; nothing is left after a stop',
      `start
      for finder in 'pidof keepalived' 'pgrep -x keepalived' 'ps -C keepalived -o pid='; do
        $finder | tr -s ' ' '\\n' | grep . | sort -n | tr '\\n' ' ' | sed "s/$CORE/CORE/; s/$WORKER/WORKER/"; echo
      done
      [ "$(cat k.pid)" = $CORE ] && echo pid file; stat -c %a k.pid v.pid
      kill $CORE; wait $CORE; echo status $?
      ls *.pid 2>/dev/null; pidof keepalived; vip || echo vip gone`,
      ['CORE WORKER ', 'CORE WORKER ', 'CORE WORKER ', 'pid file', '644', '644', 'status 0', 'vip gone'],
    );

    story(
      'by killall, which makes one clean stop of all processes',
      `start; until_true vip
      killall keepalived; wait $CORE; echo status $?
      grep -c 'Stopped Holdfast' log; grep -c 'Starting VRRP child' log; grep -ci 'respawn' log
      pidof keepalived; vip || echo vip gone`,
      ['status 0', '1', '1', '0', 'vip gone'],
    );

    story(
      'by the signals 1, 10, 12, 36 and 63, which kill nothing and open no debugger, in core and worker',
      `start; until_true vip
      for round in 1 2 3; do for s in 1 10 12 36 63; do kill -$s $CORE; kill -$s $WORKER; done; done
      until_true 'grep -q "Reload complete" log'
      until_true '[ -s tmp/keepalived.data -a -s tmp/keepalived.stats -a -s tmp/keepalived.json -a -s tmp/keepalived_parent.data ]'
      kill -0 $CORE && kill -0 $WORKER && echo both live
      [ "$(cat v.pid)" = $WORKER ] && echo same worker
      ss -Hltn | wc -l; vip && echo vip stays; kill $CORE; wait $CORE; echo status $?`,
      ['both live', 'same worker', '0', 'vip stays', 'status 0'],
    );

    story(
      'from the moment that its pid file is there',
      `for s in 1 10 12 36 63; do
        "$D" -n -l -D -G -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!
        until_true '[ -s k.pid ]'; kill -$s $CORE; until_true 'grep -q "Startup complete" log'
        kill -0 $CORE && kill $CORE; wait $CORE; echo $s status $?
      done
      "$D" -n -l -D -G -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!
      until_true '[ -s k.pid ]'; kill $CORE; wait $CORE; echo 15 status $?; pidof keepalived`,
      ['1 status 0', '10 status 0', '12 status 0', '36 status 0', '63 status 0', '15 status 0'],
    );
  });

  describe('its worker can be aimed at', () => {
    story(
      'from the moment that the pid file names it',
      `start; until_true vip
      for s in 1 10 12 36 63; do
        old=$(cat v.pid); kill -9 $old; until_true '[ "$(cat v.pid)" != '$old' ]'; new=$(cat v.pid); kill -$s $new; sleep 0.2
        kill -0 $new && echo $s lives; kill -HUP $CORE; sleep 0.2
        # The delays after repeated deaths are not what this is about.
        kill $CORE; wait $CORE; start
      done
      grep -ci debugger log; kill $CORE; wait $CORE; echo status $?`,
      ['1 lives', '10 lives', '12 lives', '36 lives', '63 lives', '0', 'status 0'],
    );
  });

  describe('starts once', () => {
    story(
      'a second start on the same pid file says so, exits 0, and does not disturb the first',
      `start; "$D" -n -l -G -f ha.conf -p k.pid -r v.pid > second 2>&1; echo status $?
      grep -o 'daemon is already running' second
      "$D" -n -G -f ha.conf -p other.pid -r v.pid 2> third; echo status $?; grep -o 'daemon is already running' third
      [ "$(cat k.pid)" = $CORE ] && kill -0 $CORE && echo first lives; ls other.pid 2>/dev/null
      kill $CORE; wait $CORE`,
      ['status 0', 'daemon is already running', 'status 0', 'daemon is already running', 'first lives'],
    );

    story(
      'the pid file of a daemon that was killed is taken over',
      `start; kill -9 $CORE; wait $CORE 2> /dev/null; until_true '! kill -0 $WORKER'; ls *.pid
      start; [ "$(cat k.pid)" = $CORE ] && echo taken over; kill $CORE; wait $CORE`,
      ['k.pid', 'v.pid', 'taken over'],
    );

    story(
      'in the background it waits until the daemon is ready: session of its own, cwd /, nothing on descriptors 0 to 2',
      `"$D" -l -G -f "$PWD/ha.conf" -p "$PWD/k.pid" -r "$PWD/v.pid" 2> out; echo status $?
      CORE=$(cat k.pid); vip && echo vip; readlink /proc/$CORE/cwd
      for n in 0 1 2; do readlink /proc/$CORE/fd/$n; done
      [ $(ps -o sid= -p $CORE) -eq $CORE ] && echo own session; grep -c 'Startup complete' out
      kill $CORE; until_true '! kill -0 $CORE'; ls *.pid 2>/dev/null; vip || echo vip gone`,
      ['status 0', 'vip', '/', '/dev/null', '/dev/null', '/dev/null', 'own session', '1', 'vip gone'],
    );

    story(
      'in the background a relative configuration file is looked for in /, and the failure comes back with its status',
      `"$D" -G -f ha.conf -p "$PWD/k.pid" -r "$PWD/v.pid" 2> out; echo status $?
      grep -o "Config files missing 'ha.conf'" out; ls *.pid 2>/dev/null; pidof keepalived`,
      ['status 6', "Config files missing 'ha.conf'"],
    );
  });

  describe('tests a configuration', () => {
    const withScript = `vrrp_script chk {\n script "/bin/true"\n}\n${ownerConfiguration.replace('    priority', '    track_script {\n chk\n }\n    priority')}`;
    story(
      'with -t and keepalived’s exit status',
      `t() { "$D" "$@" > out 2>&1; echo "$? $(wc -l < out | sed 's/^0$/silent/; s/^[1-9].*/told/')"; }
      t -t -f ha.conf; t -t -f unknown; t -t -f argument; t -t -f script; "$D" -t -f secure 2> /dev/null; echo $?; t -t -f none; t --config-test -f ha.conf
      t -t -q; "$D" -tmessages -f unknown; "$D" -tmessages -f unknown; grep -ci 'unknown keyword.*foo_bar' messages; stat -c %a messages
      ln -s victim link; "$D" -tlink -f unknown 2>/dev/null; echo $?; ls victim 2>/dev/null`,
      ['0 silent', '5 told', '2 told', '6 told', '0', '0 told', '0 silent', '1 told', '2', '644', '1'],
      {
        unknown: `${ownerConfiguration}\nfoo_bar 1\n`,
        argument: ownerConfiguration.replace('virtual_router_id 5', 'virtual_router_id'),
        script: withScript,
        secure: `global_defs {\n script_user root\n enable_script_security\n}\n${withScript}`,
      },
    );

    story(
      'and prints signal numbers, the version and the help',
      `for s in STOP RELOAD DATA STATS STATS_CLEAR JSON; do "$D" --signum=$s; done; "$D" --signum FOO; echo $?
      "$D" -v 2>&1 >/dev/null | head -1; "$D" -h 2>&1 >/dev/null | grep -c -- '--use-file'; "$D" --no-such -q 2>&1; echo $?`,
      [
        '15',
        '1',
        '10',
        '12',
        '63',
        '36',
        'Unknown sigfunc FOO',
        '1',
        /^Holdfast v/,
        '1',
        'Unknown option --no-such',
        'Unknown option -q',
        '1',
      ],
    );
  });

  describe('says what it lacks, once, with the remedy', () => {
    story(
      'capabilities: exit 4',
      `setpriv --bounding-set -net_admin,-net_raw "$D" -n -G -f ha.conf -p k.pid -r v.pid; echo status $?; ls *.pid 2>/dev/null`,
      [/CAP_NET_ADMIN and CAP_NET_RAW missing.*start as root/, 'status 4'],
    );
    story('a pid file directory: exit 1', `"$D" -n -G -f ha.conf -p none/k.pid -r v.pid; echo status $?`, [
      /Cannot open pid file none\/k.pid: ENOENT: the directory none does not exist/,
      'status 1',
    ]);
    story(
      'the addon: exit 1',
      `mkdir dist; cp "$ROOT"/dist/*.mjs dist; "$NODE" dist/holdfastd.mjs -n -G -f ha.conf -p k.pid -r v.pid 2>&1 | grep -o 'could not be loaded\\|npm run setup'
      "$NODE" dist/holdfastd.mjs -t -f ha.conf; echo status $?`,
      ['could not be loaded', 'npm run setup', 'status 0'],
    );
    story(
      'a configuration file that can be read: exit 6; -t only tells',
      `mkdir d; cp ha.conf hers; chown nobody hers; chmod 600 hers
      # root without the right to read what is not its own
      no_override() { setpriv --bounding-set -dac_override,-dac_read_search "$@"; }
      for f in none d hers; do
        no_override "$D" -n -G -f $f -p k.pid -r v.pid 2>&1; echo status $?; no_override "$D" -t -f $f 2> out; echo -t $? $(grep -c . out)
      done; ls *.pid 2>/dev/null`,
      [
        "holdfastd: Config files missing 'none'. Make the file, or name another one with -f",
        'status 6',
        '-t 0 1',
        /^holdfastd: Unable to read configuration file d: .*is not a regular file; /,
        'status 6',
        '-t 0 1',
        /^holdfastd: Unable to read configuration file hers: .*EACCES; check its permissions$/,
        'status 6',
        '-t 4 1',
      ],
    );
    story(
      'an interface',
      `sed -i s/eth0/eth9/ ha.conf; "$D" -n -l -G -f ha.conf -p k.pid -r v.pid > log 2>&1; echo status $?
      grep -c 'Line 2) .*eth9' log; pidof keepalived; ls *.pid 2>/dev/null`,
      ['status 2', '1'],
    );
  });

  describe('replaces its worker', () => {
    story(
      'that was killed: the VIP never goes, the pid file names the new one',
      `start; until_true vip; ip monitor address > events & sleep 0.1
      kill -9 $WORKER; until_true '[ "$(cat v.pid)" != $WORKER ]'; until_true 'grep -q "goes on as master" log'
      kill -0 $(cat v.pid) && echo replaced; grep -c '10.9.0.5' events; kill $CORE; wait $CORE; echo status $?`,
      ['replaced', '0', 'status 0'],
    );
    story(
      'that cannot be replaced: core removes the VIP before a backup takes over',
      `cp -r "$ROOT/dist" .; D="$PWD/d"; printf '#!/bin/sh\\nexec "$NODE" '"$PWD"'/dist/holdfastd.mjs "$@"\\n' > d; chmod +x d
      start; until_true vip; echo 'process.exit(7)' > dist/holdfast-vrrp.mjs
      kill -9 $WORKER; sleep 1.7; vip || echo vip gone; kill -0 $CORE && echo core lives; grep -c 'VIPs are removed' log
      kill $CORE; wait $CORE; echo status $?`,
      ['vip gone', 'core lives', '1', 'status 0'],
    );
    story(
      'that is stopped by SIGSTOP: it is killed and replaced',
      `start; until_true vip; kill -STOP $WORKER; until_true '[ "$(cat v.pid)" != $WORKER ]'; until_true '! kill -0 $WORKER'
      grep -c 'does not answer' log; until_true vip; echo vip; kill $CORE; wait $CORE; echo status $?`,
      ['1', 'vip', 'status 0'],
    );
    story(
      'not with -R: the daemon ends, and takes the VIP away',
      `start -R; until_true vip; kill -9 $WORKER; wait $CORE; echo status $?; vip || echo vip gone; pidof keepalived`,
      ['status 0', 'vip gone'],
    );
    story(
      'never: when core is killed, the worker withdraws and ends within 0.2 s',
      `start; until_true vip; kill -9 $CORE; sleep 0.25; pidof keepalived; vip || echo vip gone`,
      ['vip gone'],
    );

    story(
      'all at once by SIGKILL: the next start removes what was left, also what the file no longer names',
      `start; until_true vip; ip addr add 10.9.0.77/32 dev eth0; kill -9 $CORE $WORKER; sleep 0.1; vip && echo left behind
      sed -i 's,10[.]9[.]0[.]5/24,10.9.0.6/24,' ha.conf; start
      until_true '! vip'; grep -o 'no longer names: .*' log; ip -o addr show dev eth0 | grep -c '10[.]9[.]0[.]77/'
      kill $CORE; wait $CORE; ls *.addresses 2> /dev/null; echo done`,
      ['left behind', 'no longer names: 10.9.0.5', '1', 'done'],
    );
  });

  describe('reloads', () => {
    story(
      'and keeps what runs when the file is broken, with file and line; a good file is applied then',
      `start; until_true vip; cp ha.conf good
      for broken in '/}/d' 's/eth0/eth9/' 's/virtual_router_id 5/virtual_router_id/' 'd'; do
        sed "$broken" good > ha.conf; before=$(grep -c 'Reload refused, for' log); kill -HUP $CORE
        until_true '[ $(grep -c "Reload refused, for" log) -gt '$before' ]'
      done
      vip && [ "$(cat v.pid)" = $WORKER ] && echo kept; grep -c 'Reload refused: (.*ha.conf' log | sed 's/[4-9]/named/'
      rm ha.conf; kill -HUP $CORE; until_true "grep -q \\"Config files missing 'ha.conf'\\|cannot be read\\|Reload refused: .*ha.conf\\" log"
      sed 's,10.9.0.5/24,&\\n10.9.0.6/24,' good > ha.conf; kill -HUP $CORE; until_true 'ip addr show eth0 | grep -q 10.9.0.6'
      grep -o 'vrrp_instance V1: 10.9.0.6/24 added' log; vip && echo kept; kill $CORE; wait $CORE`,
      ['kept', 'named', 'vrrp_instance V1: 10.9.0.6/24 added', 'kept'],
    );
    story(
      'once more, and not twenty times, when it is asked for twenty times at once',
      `start; for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -HUP $CORE; done
      until_true 'grep -q "Reload complete" log'; sleep 1; n=$(grep -c 'Reload complete' log); [ $n -ge 1 -a $n -le 6 ] && echo few
      kill $CORE; wait $CORE; echo status $?`,
      ['few', 'status 0'],
    );
  });

  describe('ends', () => {
    story(
      'though its worker cannot run and the terminal that would be told is stuck',
      `cp -r "$ROOT/dist" .; mkfifo stuck; exec 9<> stuck
      "$NODE" dist/holdfastd.mjs -n -G -f ha.conf -p k.pid -r v.pid 2>> stuck & CORE=$!; until_true vip
      dd if=/dev/zero bs=65536 count=1 of=stuck oflag=nonblock 2> /dev/null
      echo 'process.exit(1)' > dist/holdfast-vrrp.mjs; kill -9 $(cat v.pid); until_true '! vip'; wait $CORE; echo status $?`,
      ['status 1'],
    );
  });

  describe('runs scripts', () => {
    story(
      'that see descriptors 0 to 2 only, whatever the shell left open, in a group of their own',
      `sed -i "s,HERE,$PWD," ha.conf; exec 7< ha.conf 8> other; start; until_true '[ -s done ]'
      # The shell's own descriptor of the script that it reads does not count.
      cat fds
      [ "$(tr -d ' ' < group)" = "$(cat pid)" ] && echo own group; kill $CORE; wait $CORE; echo status $?`,
      ['open 0 1 2, null 0 1 2', 'own group', 'status 0'],
      {
        'ha.conf': ownerConfiguration.replace('    priority', '    notify_master HERE/look.sh\n    priority'),
        'look.sh': `#!/bin/sh
cd "\${0%/*}"
for fd in /proc/$$/fd/*; do
  if [ -e $fd ] && ! [ $fd -ef "$0" ]; then list="$list \${fd##*/}"; fi
  [ $fd -ef /dev/null ] && nulls="$nulls \${fd##*/}"
done
echo "open$list, null$nulls" > fds
ps -o pgid= -p $$ > group; echo $$ > pid; echo yes > done
`,
      },
    );
    story(
      'as the user they name, with all of its groups, and without the daemon’s environment',
      `sed -i "s,HERE,$PWD," ha.conf; chmod 777 .; LD_PRELOAD= IFS_TEST=1 NODE_OPTIONS=--no-warnings start; until_true '[ -s who ]'
      cat who; grep -c NODE_OPTIONS env; kill $CORE; wait $CORE`,
      ['daemon daemon', '0'],
      {
        'ha.conf': ownerConfiguration.replace(
          '    priority',
          '    notify_master HERE/who.sh daemon\n    priority',
        ),
        'who.sh': '#!/bin/sh\ncd "$(dirname "$0")"\nenv > env\necho "$(id -un) $(id -Gn)" > who\n',
      },
    );
    story(
      'that hang or fork away are killed with their group at the timeout',
      `sed -i "s,HERE,$PWD," ha.conf; start; until_true '[ -s child ]'; until_true '! kill -0 $(cat child)'; echo child gone
      until_true 'grep -qi "check.*timed out\\|check.*fail" log'; echo told; kill $CORE; wait $CORE; echo status $?`,
      ['child gone', 'told', 'status 0'],
      {
        'ha.conf': `vrrp_script check {
  script HERE/hang.sh
  interval 1
  timeout 1
  fall 1
}
${ownerConfiguration.replace('priority 255', 'priority 100\n    track_script {\n        check\n    }')}`,
        'hang.sh':
          '#!/bin/sh\ntrap "" TERM\n[ -s "$(dirname "$0")/child" ] && exit 1\nsleep 77 &\necho $! > "$(dirname "$0")/child"\nwait; wait; sleep 78\n',
      },
    );
  });

  describe('logs', () => {
    const listen = `"$NODE" "$LISTENER" /dev/log messages "$ADDON" & LISTENING=$!`;
    story(
      'to syslog under keepalived’s identities, with facility and pid, and to the console only with -l',
      `${listen}; until_true '[ -S /dev/log ]'
      "$D" -n -D -S local2 -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!; until_true 'grep -q "Startup complete" messages'
      until_true 'grep -q "Entering MASTER STATE" messages'; WORKER=$(cat v.pid); wc -c < log
      sed "s/\\[$CORE\\]/[CORE]/; s/\\[$WORKER\\]/[WORKER]/; s/> *[A-Z][a-z][a-z] .[0-9] ..:..:.. />TIME /" messages | grep -E 'Startup complete|Entering MASTER'
      kill $CORE; wait $CORE; until_true 'grep -q "Stopped Holdfast" messages'; echo stopped`,
      [
        '0',
        /^<150>TIME (Keepalived\[CORE\]: Startup|Keepalived_vrrp\[WORKER\]: \(V1\) Entering MASTER)/,
        /^<150>TIME Keepalived/,
        'stopped',
      ],
    );
    story(
      'what syslog missed while it was away, in order, when it is back',
      `${listen}; until_true '[ -S /dev/log ]'
      "$D" -n -D -f ha.conf -p k.pid -r v.pid & CORE=$!; until_true 'grep -q "Startup complete" messages'
      kill $LISTENING; wait $LISTENING 2> /dev/null; rm /dev/log; kill -HUP $CORE; sleep 1; vip && echo vip stays; grep -c 'Reload complete' messages
      ${listen}; until_true 'grep -q "Reload complete" messages'; grep -oE 'Reloading ...|Reload complete' messages; kill $CORE; wait $CORE`,
      ['vip stays', '0', 'Reloading ...', 'Reload complete'],
    );
    story(
      'nothing, and says so once, when there is no syslog and no -l; with -G that is as wished',
      `"$D" -n -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!; until_true vip; kill $CORE; wait $CORE; cat log
      "$D" -n -G -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!; until_true vip; kill $CORE; wait $CORE; wc -c < log`,
      [/nothing is logged: no syslog daemon listens at \/dev\/log/, '0'],
    );
    story(
      'without waiting for a terminal that is stuck, a full disk or a reader that has gone',
      `mkfifo stuck; exec 9<> stuck; dd if=/dev/zero bs=65536 count=1 of=stuck oflag=nonblock 2> /dev/null
      mkdir full; mount -t tmpfs -o size=4k none full; dd if=/dev/zero of=full/fill bs=4096 count=1 2> /dev/null
      for where in stuck full/log; do
        "$D" -n -l -D -G -f ha.conf -p k.pid -r v.pid 2>> $where & CORE=$!
        until_true vip; for n in 1 2 3 4 5 6 7 8 9; do kill -USR2 $CORE; done; until_true '[ -s tmp/keepalived.stats ]'
        kill $CORE; wait $CORE; echo $where status $?; rm tmp/*
      done
      { "$D" -n -l -D -G -f ha.conf -p k.pid -r v.pid 2>&1; echo gone status $? > gone; } | head -1 > /dev/null &
      until_true vip; kill -HUP $(cat k.pid); sleep 0.5; kill $(cat k.pid); until_true '[ -s gone ]'; cat gone`,
      ['stuck status 0', 'full/log status 0', 'gone status 0'],
    );
    story(
      'as JSON where that is asked for',
      `HOLDFAST_LOG_FORMAT=json start; grep -o '"source":"core".*"id":"startup-complete"' log | sed "s/$CORE/CORE/"; kill $CORE; wait $CORE`,
      ['"source":"core","pid":CORE,"id":"startup-complete"'],
    );
  });

  test.concurrent('tells the service manager when it is ready, reloads and stops', async () => {
    const { output } = await tell(
      `"$NODE" "$LISTENER" "$PWD/notify" states "$ADDON" & until_true '[ -S notify ]'; export NOTIFY_SOCKET="$PWD/notify"
      start; until_true 'grep -q READY states'; kill -HUP $CORE; until_true 'grep -c READY states | grep -q 2'; kill $CORE; wait $CORE
      until_true 'grep -q STOPPING states'; sed "s/MAINPID=$CORE/MAINPID=CORE/; s/USEC=[0-9]*/USEC=n/" states`,
      {},
      { LISTENER: listener?.file ?? '', ADDON: addonFile() ?? '' },
    );
    expect(output.split('\n')).toEqual([
      'READY=1 MAINPID=CORE STATUS=Running',
      'RELOADING=1 MONOTONIC_USEC=n STATUS=Reloading',
      'READY=1 STATUS=Running',
      'STOPPING=1 STATUS=Stopping',
    ]);
  });
});

beforeAll(async () => {
  listener = await bundleProgram('test/system/programs/datagram-listener.ts', 'packages/core');
});
afterAll(() => listener?.remove());
