// Starts keepalived and Holdfast with the same file, one after the other, and compares the kernel's LVS tables, for the
// configurations with virtual servers in ../shared: node test/lab/lvs-tables.mjs [--all] [--width N] [FILE...]
// A file that differs is tried once more, for the machine may have been late; the table says so. Without --all and
// without names only a part is compared. The last line is `N passed, N failed, N skipped`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from '../../scripts/build.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { filesWithVirtualServers } from './lvs-files.mjs';
import { commandLine, laboratory, runInGuest, shared, whatIsMissing } from './lvs-guest.mjs';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false }, width: { type: 'string', default: '2' } },
});
const missing = whatIsMissing();
if (missing !== undefined) {
  console.log(`${missing}: nothing was run\n0 passed, 0 failed`);
  process.exit(0);
}
await buildAll();
const { tables } = JSON.parse(readFileSync(join(root, 'test', 'lab', 'lvs.json'), 'utf8'));
const chosen = filesWithVirtualServers(shared).filter(({ name }) => isWanted(name));
const fit = chosen.filter(({ unfit }) => unfit === undefined);

const first = await compare(fit, Number(options.width), 1);
const again = await compare(
  fit.filter(({ name }) => problem(first.get(name)) !== undefined),
  1,
  4,
);
const outcome = (name) => again.get(name) ?? first.get(name);
console.log('');
for (const { name, unfit } of chosen) {
  console.log(`${name.padEnd(24)}${unfit ? `skipped: ${unfit}` : word(name)}`);
}
const failed = fit.filter(({ name }) => problem(outcome(name)) !== undefined).length;
console.log(`\n${fit.length - failed} passed, ${failed} failed, ${chosen.length - fit.length} skipped`);
process.exitCode = failed === 0 && fit.length > 0 ? 0 : 1;

function isWanted(name) {
  if (wanted.length > 0) return wanted.includes(name);
  return options.all || tables.representative.includes(name);
}

function word(name) {
  const result = outcome(name);
  const found = problem(result);
  if (found !== undefined) return `FAILED: ${found}`;
  if (!result.ok) return `ok: keepalived's fault: ${exception(name).because}`;
  return `${again.has(name) ? 'ok at the second try' : 'ok'} (${result.entries} entries)`;
}

function exception(name) {
  return tables.keepalivedFails.find(({ file }) => file === name);
}

/** What is wrong, beyond what is known to be keepalived's own fault; undefined when nothing is. */
function problem(result) {
  if (result === undefined) return 'no result';
  if (result.ok) return undefined;
  const known = exception(result.file);
  const isKnown =
    known !== undefined &&
    allFit(result.only_keepalived, known.onlyKeepalived) &&
    allFit(result.only_other, known.onlyHoldfast);
  if (isKnown) return undefined;
  return ['', ...some('keepalived', result.only_keepalived), ...some('Holdfast', result.only_other)].join(
    '\n  ',
  );
}

/** Without a pattern nothing is excused. */
function allFit(entries, pattern) {
  return entries.every((entry) => pattern !== undefined && new RegExp(pattern).test(entry));
}

function some(daemon, entries) {
  const shown = entries.slice(0, 12).map((entry) => `only with ${daemon}: ${entry}`);
  return entries.length > 12 ? [...shown, `and ${entries.length - 12} more`] : shown;
}

function tell(line) {
  try {
    const { file, ok, entries } = JSON.parse(line);
    console.log(`${ok ? 'ok  ' : 'DIFF'} ${file} (${entries} entries)`);
  } catch {
    console.log(line);
  }
}

/**
 * Compares the files in one guest, several at a time.
 * @param calm seconds in which nothing changes before a table is believed
 * @returns {Promise<Map<string, { file: string, ok: boolean, entries: number }>>} what the laboratory says, by the file's name
 */
async function compare(files, width, calm) {
  if (files.length === 0) return new Map();
  const results = join(root, '.cache', 'lvs-tables');
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const copies = files.map((file) => withoutNamespace(file, results));
  const shares = Array.from({ length: Math.min(width, files.length) }, (_, index) =>
    copies.filter((_copy, place) => place % width === index),
  );
  const lines = shares.map((share, index) => `${comparison(share, join(results, `${index}.json`), calm)} &`);
  // Two starts, and a second in which nothing changes, of each daemon; ten more where a table stays empty.
  const seconds = 120 + Math.max(...shares.map((share) => share.length)) * 60;
  const status = await runInGuest(['/bin/sh', '-c', `${lines.join('\n')}\nwait`], {
    seconds,
    writable: results,
    onLine: tell,
  });
  if (status !== 0) console.log(`the laboratory ended with ${status}`);
  const written = shares.map((_, index) => join(results, `${index}.json`)).filter((file) => existsSync(file));
  const rows = written.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).results);
  return new Map(rows.map((row) => [row.file, row]));
}

/** The laboratory looks at the namespace where the daemon was started, not at one that the file names. */
function withoutNamespace({ name, path }, folder) {
  const text = readFileSync(path, 'latin1').replace(/^\s*net_namespace(?:_ipvs)?\s.*$/gm, '');
  writeFileSync(join(folder, name), text, 'latin1');
  return join(folder, name);
}

/** One laboratory, in namespaces that no other sees: their names would be the same. */
function comparison(files, results, calm) {
  const command = [
    ...['/usr/bin/python3', join(root, 'test', 'lab', 'lvs-tables.py'), laboratory],
    ...['diff', ...files, '--no-preflight', '--settle', String(calm), '--json', results],
    ...['--daemon', commandLine(' -C')],
  ];
  const inside = `mount -t tmpfs tmpfs /run/netns && ip link set lo up && exec "$@"`;
  return ['unshare', '--net', '--mount', '/bin/sh', '-c', inside, 'sh', ...command].map(quoted).join(' ');
}

function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
