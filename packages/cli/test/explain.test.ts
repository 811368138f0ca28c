import { readFileSync } from 'node:fs';
import { keywordFacts } from '@holdfast/config';
import { expect, test } from 'vitest';
import { program } from '../src/program.ts';

/** What a command line writes, and the status it ends with. */
async function run(...words: readonly string[]): Promise<{ out: string; err: string; status: number }> {
  const seen = { out: '', err: '', status: -1 };
  const command = program({
    environment: {},
    directory: '/',
    isTerminal: false,
    write: (text) => {
      seen.out += text;
    },
    writeError: (text) => {
      seen.err += text;
    },
    exit: (status) => {
      seen.status = status;
    },
  });
  await command.parseAsync(['node', 'holdfast', ...words]);
  return seen;
}

test('explain tells how a keyword is written, what it means, its default and its range', async () => {
  const { out, status } = await run('explain', 'vrrp_instance.priority');
  expect(status).toBe(0);
  expect(out.split('\n').slice(0, 5)).toEqual([
    'vrrp_instance.priority',
    '  priority NUMBER',
    '  Who is master: the highest priority wins; 255 is the address owner.',
    '  default: 255 if state MASTER, else 100',
    '  range: 1 to 255',
  ]);
});

test('a name is explained at every place where it is legal, and options of a line are found, too', async () => {
  const { out } = await run('explain', 'connect_timeout', 'unicast_peer.<peer>.min_ttl');
  const places = out.split('\n').filter((line) => line.endsWith('connect_timeout'));
  expect(places).toContain('virtual_server.real_server.TCP_CHECK.connect_timeout');
  expect(places.length).toBeGreaterThan(6);
  expect(out).toContain('vrrp_instance.unicast_peer.<peer>.min_ttl');
});

test('an unknown keyword ends with status 1 and names the one that was probably meant', async () => {
  const { err, out, status } = await run('explain', 'advert_imt');
  expect([status, out, err]).toEqual([1, '', 'unknown keyword advert_imt; did you mean advert_int?\n']);
});

test('as JSON the whole table is there, each keyword with its path and whether it is in effect', async () => {
  const { out, status } = await run('explain', '--format', 'json');
  const rows: unknown = JSON.parse(out);
  expect(status).toBe(0);
  expect(rows).toEqual(JSON.parse(JSON.stringify(keywordFacts())));
  const listed = readFileSync(new URL('../../config/test/keywords/paths.txt', import.meta.url), 'utf8');
  const known = new Set(keywordFacts().map(({ path }) => path));
  expect(
    listed
      .trimEnd()
      .split('\n')
      .filter((path) => !known.has(path)),
  ).toEqual([]);
  expect(rows).toContainEqual(
    expect.objectContaining({ path: 'vrrp_instance.virtual_rules', inEffect: false }),
  );
  expect(rows).toContainEqual(expect.objectContaining({ path: 'vrrp_instance.advert_int', inEffect: true }));
});

test('the schema of the typed configuration is printed as JSON Schema', async () => {
  const { out, status } = await run('explain', '--schema');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    properties: { global: {}, vrrpScripts: {}, vrrpInstances: {}, virtualServers: {} },
  });
});

test('what is neither keyword nor documented code says where the rest explains itself', async () => {
  const { err, status } = await run('explain', 'script-undefined');
  expect([status, err]).toEqual([1, expect.stringContaining('docs/diagnostics.md')]);
});

test('the code of a remark is explained as in the documentation, with what silences it', async () => {
  const { out, status } = await run('explain', 'weight-must-cross', 'pair-weight-tie', 'nopreempt');
  expect(status).toBe(0);
  expect(out).toContain('warning: A weight decides only where it crosses the priority of another router.');
  expect(out).toContain('# holdfast: ignore weight-must-cross');
  expect(out).toContain('[pair-weight-tie]');
  expect(out).toContain('vrrp_instance.nopreempt');
  const near = await run('explain', 'weight-must-cros');
  expect([near.status, near.err]).toEqual([
    1,
    'unknown keyword weight-must-cros; did you mean weight-must-cross?\n',
  ]);
});
