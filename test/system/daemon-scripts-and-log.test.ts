import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { addonFile, bundleProgram, type Program } from './support/bundle.ts';
import { ownerConfiguration, tell } from './support/sandbox.ts';
import { daemonNeeds, story } from './support/story.ts';

let listener: Program | undefined;
const programs = () => ({ LISTENER: listener?.file ?? '', ADDON: addonFile() ?? '' });

/** A story in which somebody listens at a datagram socket. */
const listenerStory = (
  name: string,
  text: string,
  expected: readonly (string | RegExp)[],
  files: Readonly<Record<string, string>> = {},
): void => story(name, text, expected, files, programs);

describeWith(daemonNeeds, 'the daemon', () => {
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
    listenerStory(
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
    listenerStory(
      'what syslog missed while it was away, in order, when it is back',
      `${listen}; until_true '[ -S /dev/log ]'
      "$D" -n -D -f ha.conf -p k.pid -r v.pid & CORE=$!; until_true 'grep -q "Startup complete" messages'
      kill $LISTENING; wait $LISTENING 2> /dev/null; rm /dev/log; kill -HUP $CORE; sleep 1; vip && echo vip stays; grep -c 'Reload complete' messages
      ${listen}; until_true 'grep -q "Reload complete" messages'; grep -oE 'Reloading ...|Reload complete' messages; kill $CORE; wait $CORE`,
      ['vip stays', '0', 'Reloading ...', 'Reload complete'],
    );
    listenerStory(
      'nothing, and says so once, when there is no syslog and no -l; with -G that is as wished',
      `"$D" -n -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!; until_true vip; kill $CORE; wait $CORE; cat log
      "$D" -n -G -f ha.conf -p k.pid -r v.pid > log 2>&1 & CORE=$!; until_true vip; kill $CORE; wait $CORE; wc -c < log`,
      [/nothing is logged: no syslog daemon listens at \/dev\/log/, '0'],
    );
    listenerStory(
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
    listenerStory(
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
      programs(),
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
