import { type Argument, type Row, type Rows, rootRows } from '@holdfast/config';
import type { Random } from '@holdfast/kit';
import { fromSyntax } from './syntax.ts';
import { valuesIn } from './values.ts';

/** Lines with which a block is complete, so that what else stands in it decides the verdict. */
const needed: Readonly<Record<string, readonly string[]>> = {
  vrrp_script: ['script /bin/true'],
  vrrp_track_process: ['process sshd'],
  track_file: ['file /etc/hostname'],
  vrrp_track_file: ['file /etc/hostname'],
  HTTP_GET: ['url {', 'path /', '}'],
  SSL_GET: ['url {', 'path /', '}'],
  MISC_CHECK: ['misc_path /bin/true'],
  bfd_instance: ['neighbor_ip 10.0.0.7'],
  virtual_server: ['lb_algo rr', 'lb_kind NAT', 'protocol TCP', 'real_server 10.0.0.3 80 {', '}'],
  track_group: ['group {', 'V1', '}'],
  vrrp_sync_group: ['group {', 'V1', 'V2', '}'],
};

/** Most of the time a script may run, so that not everything is a matter of security. */
const secure = ['global_defs {', 'enable_script_security', 'script_user root', '}'];

/** A configuration made of rows of the table: what it needs to run, and a few lines of chance. */
export function tableText(random: Random): string {
  const instances = Array.from({ length: random.whole(1, 2) }, (_, index) =>
    instance(index + 1, random.chance(0.6) ? random.whole(1, 3) : 0, random),
  );
  const others = Array.from({ length: random.whole(0, 2) }, () => {
    const name = random.pick(roots);
    return name === 'vrrp_instance' ? instance(7, 1, random) : blockOf(name, rootRows[name], 3, random);
  });
  const parts = [...(random.chance(0.8) ? [secure] : []), ...others, ...instances];
  return `${parts.map((lines) => indented(lines).join('\n')).join('\n')}\n`;
}

type Root = keyof typeof rootRows;
const isRoot = (name: string): name is Root => Object.hasOwn(rootRows, name);
const roots: readonly Root[] = Object.keys(rootRows).filter(isRoot);

function instance(number: number, count: number, random: Random): readonly string[] {
  const own = ['interface eth0', `virtual_router_id ${50 + number}`];
  const addresses = ['virtual_ipaddress {', `10.0.0.${100 + number}/24`, '}'];
  return [`vrrp_instance V${number} {`, ...own, ...addresses, ...some(instanceRows, count, 2, random), '}'];
}

const rowsIn = ({ block }: Row): Rows => (block?.kind === 'keywords' ? block.rows : {});
const instanceRows = rowsIn(rootRows.vrrp_instance);

function some(rows: Rows, count: number, depth: number, random: Random): readonly string[] {
  const names = Object.keys(rows);
  return Array.from({ length: names.length === 0 ? 0 : count }, () => {
    const name = random.pick(names);
    const row = rows[name];
    return row === undefined ? [] : blockOf(name, row, depth, random);
  }).flat();
}

/** A line, with the block behind it where it has one. */
function blockOf(name: string, row: Row, depth: number, random: Random): readonly string[] {
  const line = `${name} ${argument(row.argument, random)}`.trim();
  const words = row.block === undefined && random.chance(0.3) ? someWords(row.words, random) : '';
  if (row.block === undefined) return [`${line}${words}`];
  if (row.block.kind === 'entries') {
    const { entry, words } = row.block;
    const entries = Array.from(
      { length: random.whole(1, 2) },
      () => `${argument(entry, random)}${random.chance(0.4) ? someWords(words, random) : ''}`,
    );
    return [`${line} {`, ...entries, '}'];
  }
  const own = random.chance(0.9) ? (needed[name] ?? []) : [];
  const inside = depth === 0 ? [] : some(row.block.rows, random.whole(0, 3), depth - 1, random);
  return [`${line} {`, ...own, ...inside, '}'];
}

function someWords(rows: Rows | undefined, random: Random): string {
  const names = Object.keys(rows ?? {});
  if (names.length === 0) return '';
  return Array.from({ length: random.whole(1, 2) }, () => {
    const name = random.pick(names);
    const row = rows?.[name];
    return row === undefined ? '' : ` ${`${name} ${argument(row.argument, random)}`.trim()}`;
  }).join('');
}

/** Arguments as the table describes them; now and then none, or one too many. */
function argument({ syntax, range }: Argument<unknown>, random: Random): string {
  if (random.chance(0.01)) return '';
  const text = fromSyntax(syntax, valuesIn(range), random);
  return random.chance(0.02) ? `${text} ${random.pick(['5', 'extra', 'on', '10.0.0.1'])}` : text;
}

function indented(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.map((line) => {
    if (line === '}') depth--;
    const text = `${'  '.repeat(Math.max(0, depth))}${line}`;
    if (line.endsWith('{')) depth++;
    return text;
  });
}
