import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Report, Reporter } from '../diagnostics/report.ts';
import type { Interfaces } from '../files/interfaces.ts';
import { explainedByParameter } from '../language/parameter-use.ts';
import { placeOf, type Statement } from '../language/statement.ts';
import type { Node, Tree } from '../parser/node.ts';
import type { GlobalConfig } from '../types.ts';
import type { InstanceDefaults } from './global.ts';

/** What builders and rules know of the rest of the file and of the machine. */
export interface Context {
  readonly tree: Tree;
  readonly global: GlobalConfig;
  readonly defaults: InstanceDefaults;
  /** The machine's interfaces with their addresses; `undefined`: not known, so nothing is checked against them. */
  readonly interfaces: Interfaces | undefined;
  readonly reporter: Reporter;
  /** Instances that are read and not run yet stay all the same. */
  readonly keepsIdle: boolean;
  /** The place of a root object in the order of reading. */
  readonly order: (node: Node) => number;
  /** Where a definition of this `vrrp_script` stands behind comment signs: `FILE:LINE`. */
  readonly commentedDefinition: (script: string) => string | undefined;
  /** Every name in a `track_script` of the file. */
  readonly trackedNames: () => ReadonlySet<string>;
}

/** A report about a statement: place and object are filled in. */
export type StatementReport = Omit<Report, 'origin' | 'column' | 'length'> & {
  /** Which word of it; 0, the keyword, by default. */
  readonly word?: number;
  readonly property?: string;
};

export function reportAt(
  context: Context,
  statement: Statement,
  subject: Subject | undefined,
  { word, property, ...report }: StatementReport,
): void {
  const about = subject === undefined ? undefined : { ...subject, property: property ?? subject.property };
  context.reporter.report({
    subject: about,
    ...explainedByParameter(word === undefined ? undefined : statement.words[word]?.text, report),
    origin: statement.origin,
    ...placeOf(statement, word ?? 0),
  });
}
