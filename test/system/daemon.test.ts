import { describe } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { ownerConfiguration } from './support/sandbox.ts';
import { daemonNeeds, story } from './support/story.ts';

describeWith(daemonNeeds, 'the daemon', () => {
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
});
