export type { IdleNotify } from './build/idle-notify.ts';
export type { SyncGroupMembers } from './build/sync-group-members.ts';
export type {
  Diagnostic,
  KeepalivedVerdict,
  NotInEffect,
  Place,
  Severity,
  Subject,
} from './diagnostics/diagnostic.ts';
export { diagnosticHeadline, diagnosticLine, formatDiagnostic, type Paint } from './diagnostics/format.ts';
export { silencedCodes } from './diagnostics/silence.ts';
export { suggest } from './diagnostics/suggest.ts';
export { exitCodeOf, type StartVerdict, startVerdict } from './diagnostics/verdict.ts';
export {
  type EffectiveConfiguration,
  type EffectiveValue,
  effectiveConfiguration,
  type ValueOrigin,
} from './effective/effective-values.ts';
export type { FileStatus, FileSystem } from './files/file-system.ts';
export type { InterfaceAddress, Interfaces } from './files/interfaces.ts';
export { type MemoryFile, memoryFiles } from './files/memory-files.ts';
export { nodeFiles } from './files/node-files.ts';
export { nodeShellCheck } from './files/node-shell-check.ts';
export { type Extension, extensions } from './keywords/extensions.ts';
export { type KeywordFacts, keywordFacts } from './keywords/facts.ts';
export { rootRows } from './keywords/root.ts';
export type { Argument, Block, Owner, Row, Rows } from './keywords/row.ts';
export { type PlacedRow, wholeTable } from './keywords/walk.ts';
export { lintCatalogue } from './lints/catalogue/catalogue.ts';
export type { Documented, DocumentedLint } from './lints/catalogue/documented.ts';
export type { ShellCheck } from './lints/shell-check.ts';
export type { KnownAccounts } from './lints/subject.ts';
export type * from './lvs-types.ts';
export { type ParseOptions, type ParseResult, parseConfig } from './parse-config.ts';
export { planLines } from './plan/plan-lines.ts';
export type { Change, Consequence, Fate, Planned, PlannedKind } from './plan/planned.ts';
export { changesNothing, everyPlanned, planReload } from './plan/reload-plan.ts';
export type { ReloadRules } from './plan/reload-rules.ts';
export { withoutSecrets } from './plan/without-secrets.ts';
export { type ReloadVerdict, reloadVerdict } from './reload-verdict.ts';
export { type RememberingParser, rememberingParser } from './remembering-parser.ts';
export type { ScriptCommand, ScriptUser } from './script-command.ts';
export type * from './types.ts';
