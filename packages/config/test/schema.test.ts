import { readdirSync, readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sourceFiles } from '../../../test/repository/sources.ts';
import { sharedFolder } from '../../../test/support/shared-folder.ts';
import { configurationSchema } from '../src/schema/configuration-schema.ts';
import { wiredExamples } from './keywords/examples.ts';
import { instance, parse } from './parse.ts';

const ajv = new Ajv2020({ allErrors: true, formats: { ipv4: isIPv4, ipv6: isIPv6 } });
ajv.addVocabulary(['x-keyword', 'x-unit']);
const validate = ajv.compile(configurationSchema());

/** What the schema says against a value as JSON has it: `/vrrpInstances/0/priority must be <= 255`. */
function objections(value: unknown): readonly string[] {
  validate(JSON.parse(JSON.stringify(value)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

test.each(wiredExamples.map(({ path, with: text }) => [path, text] as const))(
  'what becomes of the example for %s is as the schema says',
  (_, text) => {
    const others = { '/etc/keepalived/other.conf': '' };
    expect(objections(parse(text, { environment: { NAME: 'value' } }, others).config)).toEqual([]);
  },
);

test.each(sourceFiles(/^conf\/.*\.conf$/).map(({ path, text }) => [path, text] as const))(
  '%s becomes what the schema says',
  (_, text) => {
    const { config } = parse(text, { interfaces: undefined });
    expect(config.vrrpInstances.length).toBeGreaterThan(0);
    expect(objections(config)).toEqual([]);
  },
);

const corpus = join(sharedFolder() ?? '', 'corpus', 'files');
describe.skipIf(sharedFolder() === undefined)('the corpus (skipped without the shared folder)', () => {
  test('becomes what the schema says, mistakes and all: every fifth file', () => {
    const files = readdirSync(corpus).filter((_, i) => i % 5 === 0);
    const wrong = files.flatMap((name) => {
      const { config } = parse(readFileSync(join(corpus, name)), { interfaces: undefined });
      return objections(config).map((one) => `${name}: ${one}`);
    });
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });
});

test('a checker whose program cannot run is described, too', () => {
  const text =
    'virtual_server 10.0.0.9 80 {\nlb_algo rr\nlb_kind NAT\nprotocol TCP\nreal_server 10.0.0.2 80 {\nMISC_CHECK {\nmisc_path /s.sh\n}\n}\n}\n';
  const disabled = (one: object): object => ({ ...one, disabled: true });
  const { config: written } = parse(text);
  const virtualServers = written.virtualServers.map((server) => ({
    ...server,
    realServers: server.realServers.map((real) => ({ ...real, checkers: real.checkers.map(disabled) })),
  }));
  expect(virtualServers[0]?.realServers[0]?.checkers).toHaveLength(1);
  expect(objections({ ...written, virtualServers })).toEqual([]);
});

const [router] = parse(instance()).config.vrrpInstances;
const config = parse(instance()).config;
const withRouter = (change: object): unknown => ({ ...config, vrrpInstances: [{ ...router, ...change }] });

test.each([
  ['a value out of range', withRouter({ priority: 256 }), '/vrrpInstances/0/priority must be <= 255'],
  [
    'seconds for microseconds',
    withRouter({ advertInterval: 1 }),
    '/vrrpInstances/0/advertInterval must be >= 10000',
  ],
  ['another property', withRouter({ prio: 1 }), '/vrrpInstances/0 must NOT have additional properties'],
  [
    'a missing property',
    withRouter({ priority: undefined }),
    "/vrrpInstances/0 must have required property 'priority'",
  ],
  [
    'no address',
    withRouter({ multicastDestination: 'all' }),
    '/vrrpInstances/0/multicastDestination must match format "ipv4"',
  ],
  [
    'a word for another',
    withRouter({ initialState: 'FAULT' }),
    '/vrrpInstances/0/initialState must be equal to one of the allowed values',
  ],
  ['a list of something else', { ...config, virtualServers: [1] }, '/virtualServers/0 must be object'],
] as const)('%s is not as the schema says', (_, value, expected) => {
  expect(objections(value)).toContain(expected);
});

test('meaning, default and range of a value are those of its keyword', () => {
  expect(JSON.parse(JSON.stringify(configurationSchema()))).toMatchObject({
    properties: {
      vrrpInstances: {
        items: {
          properties: {
            priority: {
              type: 'integer',
              minimum: 1,
              maximum: 255,
              description: expect.stringContaining('Default: 255 if state MASTER, else 100.'),
              'x-keyword': 'vrrp_instance.priority',
            },
          },
        },
      },
    },
  });
});
