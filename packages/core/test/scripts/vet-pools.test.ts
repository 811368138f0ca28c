import { memoryFiles, parseConfig, type ScriptCommand, type VirtualServer } from '@holdfast/config';
import { expect, test } from 'vitest';
import { poolsRunScripts, vetPools } from '../../src/scripts/vet-pools.ts';

const read = (inServer: string, inPool = ''): readonly VirtualServer[] => {
  const text = `virtual_server 10.0.0.1 80 {
lb_algo rr
lb_kind NAT
protocol TCP
${inPool}
real_server 10.0.0.3 80 {
TCP_CHECK {
}
${inServer}
}
}
`;
  const files = memoryFiles({ '/a.conf': text });
  return parseConfig({ path: '/a.conf', configId: 'r1', files }).config.virtualServers;
};

/** Programs below /good are found, nothing else. */
const vet = (told: string[]) => (what: string, command: ScriptCommand) => {
  told.push(what);
  const [program, ...others] = command.argv;
  return program.startsWith('good') ? { ...command, argv: [`/${program}`, ...others] as const } : undefined;
};

test.each([
  // in the real server                in the virtual server    what is asked for
  ['notify_up "good x"', '', 'notify_up of [10.0.0.3]:tcp:80 of [10.0.0.1]:tcp:80', true],
  ['notify_down bad', '', 'notify_down of [10.0.0.3]:tcp:80 of [10.0.0.1]:tcp:80', false],
  ['', 'quorum_up good', 'quorum_up of [10.0.0.1]:tcp:80', true],
  ['', 'quorum_down bad', 'quorum_down of [10.0.0.1]:tcp:80', false],
  ['MISC_CHECK {\nmisc_path good\n}', '', 'MISC_CHECK of [10.0.0.3]:tcp:80 of [10.0.0.1]:tcp:80', true],
  ['MISC_CHECK {\nmisc_path bad\n}', '', 'MISC_CHECK of [10.0.0.3]:tcp:80 of [10.0.0.1]:tcp:80', false],
])('of %j and %j %s is looked at; it stays: %s', (inServer, inPool, what, stays) => {
  const told: string[] = [];
  const vetted = vetPools(read(inServer, inPool), vet(told), () => true);
  expect(told).toEqual([what]);
  expect(poolsRunScripts(vetted)).toBe(stays);
  expect(JSON.stringify(vetted).includes('"/good')).toBe(stays);
});

test.each([
  // in the check  there is a user
  ['', true, undefined],
  ['alpha', true, true],
  ['alpha', false, undefined],
])(
  'a MISC_CHECK that cannot run, %s, leaves a server without proof of health',
  (alpha, hasUser, disabled) => {
    const server = read(`MISC_CHECK {\nmisc_path bad\n${alpha}\n}`);
    const [checker] = vetPools(server, vet([]), () => hasUser)[0]?.realServers[0]?.checkers.slice(1) ?? [];
    expect(checker === undefined ? undefined : 'disabled' in checker && checker.disabled).toBe(disabled);
  },
);

test('a MISC_CHECK that cannot run leaves the other checkers alone', () => {
  const vetted = vetPools(read('MISC_CHECK {\nmisc_path bad\n}'), vet([]), () => true);
  expect(vetted[0]?.realServers[0]?.checkers.map(({ kind }) => kind)).toEqual(['TCP_CHECK']);
});
