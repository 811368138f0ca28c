// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import { afterEach, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { addNic, type Container, killContainer, runContainer, startContainer } from './support/container.ts';

const containers: Container[] = [];
afterEach(() => {
  for (const container of containers.splice(0)) killContainer(container);
});

const config = '"$NODE" "$ENTRY" config';
const vips = { HOLDFAST_VIPS: '172.28.0.100' };
const eth0 = addNic('eth0', '172.28.0.2/16');
const two = `${eth0}\n${addNic('eth1', '10.9.0.2/24', '10.9.1.2/24')}`;
const route = 'ip route add default via 172.28.0.1';

describeWith(
  { root: true, tools: ['ip', 'unshare', 'setpriv', 'keepalived'] },
  'the entry of a container',
  () => {
    test.each([
      ['takes the interface of the default route', `${two}\n${route}`, {}, 'interface eth0'],
      ['takes the only interface', eth0, {}, 'interface eth0'],
      [
        'takes the network that is named',
        two,
        { HOLDFAST_INTERFACE: '10.9.1.0/24' },
        'mcast_src_ip 10.9.1.2',
      ],
      ['takes the first of two addresses', two, { HOLDFAST_INTERFACE: 'eth1' }, 'mcast_src_ip 10.9.0.2'],
      ['takes the ordinal of the host name', `${eth0}\nhostname web-2`, {}, 'priority 180'],
    ])('%s', (_, network, environment, wanted) => {
      const { status, out } = runContainer(`unshare --uts sh -ec '${network}\n${config}'`, {
        ...vips,
        ...environment,
      });
      expect(out).toContain(wanted);
      expect(status).toBe(0);
    });

    test.each([
      [
        'two candidates and no default route',
        two,
        vips,
        'there is no default route, and eth0 and eth1 could be meant: set HOLDFAST_INTERFACE=eth0 or eth1',
      ],
      [
        'an interface without an address',
        `${addNic('eth0')}`,
        vips,
        'no interface has an address of the right family (there are',
      ],
      [
        'a name that nobody has',
        eth0,
        { ...vips, HOLDFAST_POOL: 'nobody.invalid:80' },
        'HOLDFAST_POOL: nobody is called nobody.invalid: start that service, or correct the name',
      ],
      [
        'variables that contradict each other',
        eth0,
        { ...vips, HOLDFAST_VIP: '172.28.0.101' },
        'HOLDFAST_VIP and HOLDFAST_VIPS are both set: put all addresses into HOLDFAST_VIPS',
      ],
      [
        'a file that is named and not there',
        eth0,
        { HOLDFAST_CONFIG: '/etc/keepalived/mine.conf' },
        'HOLDFAST_CONFIG=/etc/keepalived/mine.conf cannot be read: mount the file there',
      ],
    ])('refuses %s in one sentence, and leaves nothing', (_, network, environment, sentence) => {
      const { status, out, err } = runContainer(
        `${network}\nset +e; "$NODE" "$ENTRY" run; status=$?; ls -d /run/holdfast 2>&-; exit $status`,
        { ...environment, HOLDFAST_WAIT: '0' },
      );
      expect(err).toContain(`holdfast: ${sentence}`);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect({ status, out }).toEqual({ status: 78, out: '' });
    });

    test('uses a mounted file as it is, and says which variables do nothing then', () => {
      const write = 'echo "vrrp_instance MINE {" > /etc/keepalived/keepalived.conf';
      const { out, err } = runContainer(`${write}\n${config}`, { ...vips, HOLDFAST_VRID: '7' });
      expect(out).toBe('# /etc/keepalived/keepalived.conf, as it is\nvrrp_instance MINE {\n');
      expect(err).toContain('is used as it is: HOLDFAST_VIPS, HOLDFAST_VRID do nothing');
    });

    test('fills in a mounted template', () => {
      const write =
        "echo 'interface ${INTERFACE} ${ADDRESS} ${MINE}' > /etc/keepalived/keepalived.conf.template";
      const { out } = runContainer(`${eth0}\n${write}\n${config}`);
      expect(out).toContain('interface eth0 172.28.0.2 ${MINE}');
    });

    test('waits for an interface that comes late, and then serves; signals reach the daemon', async () => {
      const late = `(until grep -q waiting /run/log; do sleep 0.1; done; kill -10 $(cat /run/pid); kill -36 $(cat /run/pid); sleep 0.5\n${eth0}) &\n`;
      const run = '"$NODE" "$ENTRY" run -D > /run/log 2>&1 & echo $! > /run/pid';
      const signals =
        'kill -36 $(cat /run/pid); kill -HUP $(cat /run/pid); until [ -e /run/keepalived.json ]; do sleep 0.1; done; sleep 0.3';
      const end =
        'kill -TERM $(cat /run/pid); wait $(cat /run/pid); echo "ended with $?"; cat /run/log; ip -br -4 address show eth0';
      const container = startContainer(
        `${late}${run}\nuntil ip -4 address show | grep -q 172.28.0.100; do sleep 0.1; done\nset +e\n"$NODE" "$ENTRY" health\n${signals}\n${end}`,
        { ...vips, HOLDFAST_WAIT: '20', HOLDFAST_ADVERT_INTERVAL: '0.5', TMPDIR: '/run' },
      );
      containers.push(container);
      expect(await container.ended).toBe(0);
      const said = container.said();
      expect(said).toContain('waiting up to 20 s: ');
      expect(said).toContain('Entering MASTER STATE');
      expect(said).toContain('VI_1 is MASTER');
      expect(said).toContain('Reload complete');
      expect(said).toContain('ended with 0');
      expect(said.trim().split('\n').at(-1)).toMatch(/^eth0\S* +UP +172.28.0.2\/16\s*$/);
    });

    test('makes what keepalived accepts too', () => {
      const { status, err } = runContainer(
        `${eth0}\n${config} > /run/k.conf\nkeepalived -t -f /run/k.conf >&2`,
        {
          HOLDFAST_VIPS: '172.28.0.100 172.28.0.101/32',
          HOLDFAST_PEERS: '172.28.0.3',
          HOLDFAST_AUTH_PASS: 'a:b;c,d/',
          HOLDFAST_PREEMPT: 'no',
          HOLDFAST_TRACK_SCRIPT: '/bin/true',
          HOLDFAST_TRACK_URL: 'http://127.0.0.1:8080/health?x=1&y=%20',
          HOLDFAST_TRACK_WEIGHT: '-20',
          HOLDFAST_POOL: '172.28.0.11:80 172.28.0.12:80=3',
          HOLDFAST_POOL_CHECK: '/health?x=1',
        },
      );
      expect({ status, err }).toEqual({ status: 0, err: '' });
    });

    test.each([
      ['NET_RAW', 'no advert can be sent or heard'],
      ['NET_ADMIN', 'no virtual address can be added, and no table of servers be kept'],
    ])('does not start without %s, and says why', (name, lost) => {
      const without = `--bounding-set=-${name.toLowerCase()}`;
      const { status, err } = runContainer(`${eth0}\nexec setpriv ${without} "$NODE" "$ENTRY" run`, vips);
      expect(err).toBe(
        `holdfast: the capability ${name} is missing, and ${lost}: start the container with --cap-add ${name} (cap_add in a compose file), as root\n`,
      );
      expect(status).toBe(78);
    });

    test('says that it needs a writable /run', () => {
      const { status, err } = runContainer(
        `${eth0}\nmount -o remount,ro /run\nexec "$NODE" "$ENTRY" run`,
        vips,
      );
      expect(err).toContain(
        '/run/holdfast/keepalived.conf cannot be written (EROFS): give the container a writable /run',
      );
      expect(status).toBe(78);
    });
  },
);
