import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './compare.ts';
import { exceptionClasses } from './exceptions.ts';
import { asBytes } from './fuzz-case.ts';
import { makeInterfaces } from './site.ts';

/**
 * Holds the example of each exception against keepalived: it has to be one, and of that class.
 * @returns a sentence for each that is not
 */
export async function judgeExamples(): Promise<readonly string[]> {
  makeInterfaces();
  const folder = mkdtempSync(join(tmpdir(), 'hf-fuzz-'));
  const wrong: string[] = [];
  for (const { name, example, others = {} } of exceptionClasses) {
    const outcome = await compare(folder, { text: asBytes(example), others });
    const { ours, theirs } = outcome.verdicts;
    const found = outcome.kind === 'explained' ? outcome.by.name : outcome.kind;
    if (found !== name) wrong.push(`${name}: ${found} (ours ${ours.exit}, theirs ${theirs.exit})`);
  }
  rmSync(folder, { recursive: true, force: true });
  return wrong;
}
