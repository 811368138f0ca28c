import { type CaseFolder, writeCase } from './case-folder.ts';
import { exceptionClasses } from './exceptions.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { ourVerdict } from './ours.ts';
import { theirVerdict } from './theirs.ts';
import type { ExceptionClass, Verdicts } from './verdicts.ts';

export type Outcome =
  | { readonly kind: 'equal'; readonly verdicts: Verdicts }
  | { readonly kind: 'explained'; readonly verdicts: Verdicts; readonly by: ExceptionClass }
  | { readonly kind: 'different'; readonly verdicts: Verdicts };

/** Holds the two verdicts on a case against each other. @param folder is emptied */
export async function compare(folder: string, subject: FuzzCase): Promise<Outcome> {
  const place: CaseFolder = writeCase(folder, subject);
  const pending = theirVerdict(place);
  const ours = ourVerdict(place);
  const verdicts = { subject, ours, theirs: await pending };
  if (ours.exit === verdicts.theirs.exit) return { kind: 'equal', verdicts };
  const by = exceptionClasses.find(({ applies }) => applies(verdicts));
  return by === undefined ? { kind: 'different', verdicts } : { kind: 'explained', verdicts, by };
}
