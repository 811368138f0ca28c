import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Checkers that do not exist yet. They matter where a server enters the pool only after a check. */
const later = /^\s*(?:SMTP_CHECK|DNS_CHECK|UDP_CHECK|PING_CHECK|FILE_CHECK|BFD_CHECK)\b/m;

/**
 * The configurations with virtual servers in `../shared`, and which of them fit for a comparison of first tables.
 * @param {string} shared the folder
 * @returns {{ name: string, path: string, unfit: string | undefined }[]} in order of name; `unfit`: why it cannot be compared
 */
export function filesWithVirtualServers(shared) {
  const verdicts = readVerdicts(join(shared, 'corpus', 'verdicts.tsv'));
  return [...configurations(join(shared, 'seeds')), ...configurations(join(shared, 'corpus', 'files'))]
    .map(({ name, path }) => ({ name, path, text: readFileSync(path, 'latin1') }))
    .filter(({ text }) => /^\s*virtual_server\s/m.test(text))
    .map(({ name, path, text }) => ({ name, path, unfit: whyUnfit(text, verdicts.get(name)) }));
}

const configurations = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.conf'))
    .sort()
    .map((file) => ({ name: file, path: join(folder, file) }));

/** What `keepalived -t` of 2.2.7 ended with, where only lo exists. @returns {Map<string, number>} by the file's name */
function readVerdicts(file) {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return new Map(
    rows
      .filter(([, version, interfaces]) => version === '2.2.7' && interfaces === '0')
      .map(([id, , , status]) => [`${id}.conf`, Number(status)]),
  );
}

function whyUnfit(text, verdict) {
  // 4 and 5: there was something to say; 6: about scripts or files. keepalived runs in all of these cases.
  if (verdict !== undefined && ![0, 4, 5, 6].includes(verdict)) return `keepalived refuses it (${verdict})`;
  if (/^\s*alpha\b/m.test(text) && later.test(text)) return 'alpha, and a checker that does not exist yet';
  // Its address is nobody's here: it fails at once, and the table is not the first one any more.
  if (/\bbindto\b/m.test(text) && later.test(text)) return 'bindto, and a checker that does not exist yet';
  // Such a file is read before the first table is made.
  if (/^\s*FILE_CHECK\b/m.test(text) && /^\s*init_file\b/m.test(text))
    return 'FILE_CHECK does not exist yet, and the file has a value from the start';
  return undefined;
}
