// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import { memoryFiles, parseConfig } from '@holdfast/config';
import { address } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTemplate } from '../../src/container/template.ts';
import { container, outcome, planFor } from './world.ts';

/** What our own check says, notes too. */
function complaints(text: string): readonly string[] {
  const files = memoryFiles({
    '/k.conf': text,
    '/usr/bin/node': { content: '\u007fELF', mode: 0o755 },
    '/usr/bin/check': { content: '\u007fELF', mode: 0o755 },
  });
  const interfaces = new Map([['eth0', [address('172.28.0.2')]]]);
  const { diagnostics } = parseConfig({ path: '/k.conf', configId: 'x', files, interfaces, thorough: true });
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

const sometimes = (...values: readonly string[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });

const environments = fc.record({
  HOLDFAST_VIPS: fc.constantFrom(
    '172.28.0.100',
    '172.28.0.100/24, 172.28.0.101',
    '172.28.0.100 2001:db8::100/64',
  ),
  HOLDFAST_PEERS: sometimes('multicast', '172.28.0.3', 'holdfast', 'alone'),
  HOLDFAST_PRIORITY: sometimes('1', '254', '3f2a9c0d1e4b=7'),
  HOLDFAST_VRID: sometimes('1', '255'),
  HOLDFAST_VERSION: sometimes('2', '3'),
  HOLDFAST_ADVERT_INTERVAL: sometimes('0.1', '2', '0.25'),
  HOLDFAST_PREEMPT: sometimes('yes', 'no'),
  HOLDFAST_AUTH_PASS: sometimes('secret', 'a:b;c,d/', '1=2%3^4'),
  HOLDFAST_TRACK_SCRIPT: sometimes('/usr/bin/check', "/usr/bin/check -p 'x y'"),
  HOLDFAST_TRACK_URL: sometimes('http://127.0.0.1/', 'https://localhost:8443/a?b=c&d=%20'),
  HOLDFAST_POOL: sometimes('172.28.0.11:80', 'web:80=5 [2001:db8::11]:80'),
  HOLDFAST_POOL_CHECK: sometimes('tcp', 'none', '/health?x=1'),
});

const resolved = new Map([
  ['holdfast', [address('172.28.0.2'), address('172.28.0.3')]],
  ['alone', [address('172.28.0.2')]],
  ['web', [address('172.28.0.12'), address('172.28.0.13'), address('2001:db8::12')]],
]);

test('whatever is not refused makes a configuration that our check has nothing against', () => {
  let accepted = 0;
  fc.assert(
    fc.property(environments, (environment) => {
      const facts = container({ environment, resolved });
      if (!planFor(facts).ok) return;
      accepted += 1;
      expect(complaints(outcome(facts))).toEqual([]);
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(accepted).toBeGreaterThan(40);
});

const template = [
  '$MINE=7',
  'vrrp_instance VI_1 {',
  '    interface ${INTERFACE}',
  '    virtual_router_id ${MINE}',
  '    priority ${PRIORITY}',
  '    unicast_src_ip ${ADDRESS}',
  '    unicast_peer {',
  '${PEERS}',
  '    }',
  '    virtual_ipaddress {',
  '${VIPS}',
  '    }',
  '}',
].join('\n');

test('a template is filled in, and what is not ours stays', () => {
  const environment = { HOLDFAST_VIPS: '172.28.0.100', HOLDFAST_PEERS: '172.28.0.3' };
  const made = planFor(container({ environment, hostName: 'lb-1' }));
  const filled = made.ok ? fillTemplate(template, made.value) : undefined;
  const text = filled?.ok ? filled.value : '';
  expect(text).toContain('interface eth0');
  expect(text).toContain('virtual_router_id ${MINE}');
  expect(text).toContain('# PRIORITY: the number at the end of the host name lb-1');
  expect(complaints(text)).toEqual([]);
});

test('a place for which there is nothing is refused', () => {
  const made = planFor(container({ environment: { HOLDFAST_VIPS: '172.28.0.100' } }));
  const filled = made.ok ? fillTemplate(`${template}\${AUTH_PASS}`, made.value) : undefined;
  expect(filled).toMatchObject({
    ok: false,
    error: [
      {
        message: 'the template uses ${PEERS}, and there is none',
        remedy: 'set HOLDFAST_PEERS to the other routers',
      },
      { message: 'the template uses ${AUTH_PASS}, and there is none' },
    ],
  });
});
