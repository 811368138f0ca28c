import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one version of keepalived says of a file: `keepalived -t`. */
export interface Verdict {
  readonly version: string;
  readonly exit: number;
  readonly diagnostics: readonly string[];
}

/** A published configuration with the verdicts on it. */
export interface CorpusFile {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Every interface that the file names is there; otherwise only `lo`. */
  readonly withInterfaces: boolean;
  /** Those of the versions that came to an end. */
  readonly verdicts: readonly Verdict[];
}

/** keepalived did not end in 12 seconds. */
const endless = -999;

/** Every file twice: on a machine with its interfaces, and on one without. @param folder with files/ and verdicts.tsv */
export function readCorpus(folder: string): readonly CorpusFile[] {
  const groups = new Map<string, Omit<CorpusFile, 'verdicts'> & { readonly verdicts: Verdict[] }>();
  for (const row of readFileSync(join(folder, 'verdicts.tsv'), 'utf8').trimEnd().split('\n').slice(1)) {
    const [id = '', version = '', interfaces = '', exit = '', , , diagnostics = ''] = row.split('\t');
    const key = `${id} ${interfaces}`;
    const made: Verdict[] = [];
    const group = groups.get(key) ?? {
      id,
      bytes: readFileSync(join(folder, 'files', `${id}.conf`)),
      withInterfaces: interfaces === '1',
      verdicts: made,
    };
    groups.set(key, group);
    if (Number(exit) === endless) continue;
    group.verdicts.push({
      version,
      exit: Number(exit),
      diagnostics: diagnostics.split(' | ').filter((line) => line !== ''),
    });
  }
  return [...groups.values()];
}

/** The line that a diagnostic names, and what it says. */
export function numbered(diagnostic: string): { readonly line: number; readonly text: string } | undefined {
  const [, line, text = ''] = /^\((?:FILE: )?Line (\d+)\)\s*(.*)/.exec(diagnostic) ?? [];
  return line === undefined ? undefined : { line: Number(line), text };
}
