import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFiles, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { rootFolder } from '../../../lab-support/root-folder.ts';
import { pools, serverAt } from '../cast.ts';
import { drained, withServer } from './edits.ts';
import { poolsText, wantedPools } from './pools-text.ts';

const file = readFileSync(join(rootFolder, 'conf', 'demo', 'director.conf'), 'utf8');

/** The pools of a configuration with every server healthy, as `poolsText` writes them. */
function poolsOf(text: string): string {
  const { config, diagnostics } = parseConfig({
    path: '/director.conf',
    configId: 'director',
    files: memoryFiles({ '/director.conf': text }),
  });
  expect(diagnostics).toEqual([]);
  const entries = (address: string): readonly { readonly server: string; readonly weight: number }[] => {
    const found = config.virtualServers.find(({ key }) => key.includes(address));
    const real = found?.realServers.map((each) => ({ server: serverAt(each.address), weight: each.weight }));
    const resting =
      found?.sorryServer === undefined ? [] : [{ server: serverAt(found.sorryServer.address), weight: 0 }];
    return [...(real ?? []), ...resting];
  };
  return poolsText({ NAT: entries(pools[0]?.address ?? ''), DR: entries(pools[1]?.address ?? '') });
}

test.each([
  ['as it is', file, wantedPools(['server1', 'server2', 'server3'])],
  [
    'with server4',
    withServer(file, 'server3', 'server4'),
    wantedPools(['server1', 'server2', 'server3', 'server4']),
  ],
  [
    'with server1 drained',
    drained(file, 'server1'),
    wantedPools(['server1', 'server2', 'server3'], ['server1']),
  ],
] as const)('the file of the director %s gives the pools that the story waits for', (_how, text, wanted) => {
  expect(poolsOf(text)).toBe(wanted);
});

test('what the story waits for is told apart by weight and by server', () => {
  const texts = [
    wantedPools(['server1']),
    wantedPools(['server1'], ['server1']),
    wantedPools(['server2']),
    wantedPools(['sorry']),
    wantedPools([]),
  ];
  expect(new Set(texts).size).toBe(texts.length);
  expect(wantedPools(['sorry'])).toBe('NAT sorry=1; DR sorry=1');
});
