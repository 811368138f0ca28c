import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { tell } from './support/sandbox.ts';

const words = `
H="$NODE $ROOT/dist/holdfast.mjs"
as() { setpriv --reuid=65534 --regid=65534 --groups="$1" -- $H status 2>&1 | head -n 1; }
control() { until_true 'grep -qi "control socket" log'; }
chmod 755 .
`;

describeWith({ root: true, tools: ['unshare', 'setpriv'] }, 'who may speak to the daemon', () => {
  test('root and the members of the group holdfast, at the customary place; nobody else', async () => {
    const { status, output } = await tell(`${words}
cp /etc/group group; echo holdfast:x:4242: >> group; mount --bind group /etc/group
"$D" -n -l -D -G -f ha.conf > log 2>&1 &
CORE=$!
until_true 'grep -q "Startup complete" log'; control
stat -c '%n %a %u %g' /run/holdfast/control.sock
say member; as 4242
say stranger; as 65534
say root; $H status | head -n 1
kill $CORE; wait $CORE
say stopped; ls /run/holdfast; $H status 2>&1
`);
    expect(status, output).toBe(1);
    const [place, ...rest] = output.split('\n');
    expect(place).toBe('/run/holdfast/control.sock 660 0 4242');
    expect(rest).toEqual([
      '== member',
      expect.stringMatching(/^Holdfast .* pid /),
      '== stranger',
      expect.stringContaining(
        'it is for root and the group holdfast: use sudo, or `sudo usermod -aG holdfast',
      ),
      '== root',
      expect.stringMatching(/^Holdfast .* pid /),
      '== stopped',
      expect.stringContaining('no daemon answers: there is no /run/holdfast/control.sock; start holdfastd'),
    ]);
  });

  test.each([
    [
      'a read-only place',
      'mount -t tmpfs none ro; mount -o remount,ro ro',
      'ro/c.sock',
      'EROFS: the file system is read-only',
    ],
    ['a full disk', 'mount -t tmpfs none ro -o nr_inodes=1', 'ro/sub/c.sock', 'ENOSPC: the disk is full'],
    ['a file in the way', 'echo precious > ro/c.sock', 'ro/c.sock', 'EADDRINUSE'],
  ])('%s: the daemon serves on without a socket, and says why', async (_, prepare, path, why) => {
    const { status, output } = await tell(`${words}
mkdir ro; ${prepare}
start --control-socket "$PWD/${path}"; control
until_true vip
grep -i 'control socket' log
kill $CORE; wait $CORE
`);
    expect(status, output).toBe(0);
    expect(output).toContain(why);
  });

  test('none where none is wanted', async () => {
    const { output } = await tell(`${words}
start --control-socket none; until_true vip
grep -ci 'control socket' log; ls k.pid*
kill $CORE; wait $CORE
`);
    expect(output.split('\n')).toEqual(['0', 'k.pid', 'k.pid.addresses']);
  });
});
