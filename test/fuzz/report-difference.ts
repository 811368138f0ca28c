import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './compare.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { shrink } from './shrink.ts';
import { counted, type Verdicts } from './verdicts.ts';

/** Makes a difference as small as possible and writes it down. @returns the file, with both verdicts in its name */
export async function reportDifference(
  folder: string,
  keep: string,
  number: number,
  found: Verdicts,
): Promise<string> {
  const isSame = async (smaller: FuzzCase): Promise<boolean> => {
    const { kind, verdicts } = await compare(folder, smaller);
    const { ours, theirs } = verdicts;
    return kind === 'different' && ours.exit === found.ours.exit && theirs.exit === found.theirs.exit;
  };
  const small = await shrink(found.subject, isSame);
  const { verdicts } = await compare(folder, small);
  const file = join(keep, `${verdicts.ours.exit}-${verdicts.theirs.exit}-${number}.txt`);
  writeFileSync(file, described(verdicts), 'latin1');
  return file;
}

const described = (verdicts: Verdicts): string =>
  [
    verdicts.subject.text,
    ...Object.entries(verdicts.subject.others).flatMap(([name, content]) => [`=== ${name}`, content]),
    `--- Holdfast: ${verdicts.ours.exit}`,
    ...counted(verdicts).map(({ line, code, message }) => `${line} ${code}: ${message}`),
    `--- keepalived: ${verdicts.theirs.exit}`,
    verdicts.theirs.output,
  ].join('\n');
