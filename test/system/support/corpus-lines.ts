import type { Diagnostic } from '@holdfast/config';
import { type CorpusFile, numbered } from './corpus.ts';

/** A line that every version complains about. */
export interface NamedLine {
  readonly line: number;
  readonly text: string;
}

/** What has to do with the machine that the verdict was taken on: scripts, users, names, interfaces that it lacked. */
const ofTheMachine = [
  /since not found\/accessible/,
  /Unable to set default user|Error setting global script|Unable to set uid\/gid/,
  /realpath\(\)|Invalid smtp server|Config files missing|Invalid (?:startup|shutdown) script/,
  /already exists and is not a private macvlan/,
  /iptables not supported/,
];

/** Lines that all versions name for reasons that lie in the text. */
export function linesNamed({ verdicts }: CorpusFile): readonly NamedLine[] {
  const perVersion = verdicts.map(
    ({ diagnostics }) =>
      new Map(
        diagnostics
          .filter((text) => !ofTheMachine.some((pattern) => pattern.test(text)))
          .flatMap((text) => numbered(text) ?? [])
          .toReversed()
          .map(({ line, text }) => [line, text]),
      ),
  );
  const [first = new Map<number, string>(), ...others] = perVersion;
  return [...first]
    .filter(([line]) => others.every((lines) => lines.has(line)))
    .map(([line, text]) => ({ line, text }));
}

/** Whether a complaint of ours is one that a version has, too: at its line, at the end of its block, or without a line. */
export function isShared({ line, code }: Diagnostic, { bytes, verdicts }: CorpusFile): boolean {
  const all = verdicts.flatMap(({ diagnostics }) => diagnostics);
  const lines = all.flatMap((text) => numbered(text)?.line ?? []);
  const source = new TextDecoder().decode(bytes).split('\n');
  const inBlock = (end: number): boolean => {
    const first = openingLine(source, end);
    return first !== undefined && first <= line && line <= end;
  };
  const isForgottenBrace = code === 'missing-opening-brace' && lines.includes(line + 1);
  return (
    lines.includes(line) ||
    isForgottenBrace ||
    lines.some(inBlock) ||
    all.some((text) => numbered(text) === undefined) ||
    // It ends at the first argument that is missing, and says nothing of what comes after it.
    verdicts.every(({ exit }) => exit === 2)
  );
}

/** Why a line of theirs needs no diagnostic of its own; undefined where one is missing. */
export function explanationOf(
  named: NamedLine,
  file: CorpusFile,
  ours: readonly Diagnostic[],
): string | undefined {
  const told = ours.filter(({ severity, keepalived }) => severity !== 'note' || keepalived !== 'none');
  if (told.some(({ line }) => line === named.line)) return 'the same line';
  const source = new TextDecoder().decode(file.bytes).split('\n');
  const first = openingLine(source, named.line);
  if (first !== undefined && told.some(({ line }) => line >= first && line <= named.line)) {
    return 'said at the end of a block: ours stands in the block, where the mistake is';
  }
  const earlier = told.filter(({ line }) => line > 0 && line <= named.line);
  if (earlier.some(({ code }) => derails.has(code)) && consequence.test(named.text)) {
    return 'a consequence of an unknown block or a brace before it, which is told once';
  }
  if (/has no track_file/.test(named.text) && told.some(({ code }) => code === 'needed-keyword-missing')) {
    return 'a consequence of a track_file without a file, which is told there';
  }
  const [device = ''] = /interface (\S+) .*doesn't exist/.exec(named.text)?.slice(1) ?? [];
  if (
    device !== '' &&
    told.some(({ code, message }) => code === 'interface-missing' && message.includes(device))
  ) {
    return 'an interface that is missing is told at the instance, once';
  }
  const [name = ''] = /(?:script|file|process|bfd) (\S+) not found/.exec(named.text)?.slice(1) ?? [];
  if (name !== '' && isLost(name, source, told, file)) {
    return 'names an object that was lost to a mistake of its own, which is told there';
  }
  return undefined;
}

const derails: ReadonlySet<string> = new Set([
  'unknown-keyword',
  'surplus-brace',
  'unexpected-brace',
  'missing-closing-brace',
  'missing-opening-brace',
  'early-closing-brace',
  'bad-address',
  'bad-port',
  'given-twice',
  'placeholder',
  'parameter-endless',
]);

const consequence =
  /Unknown keyword|Truncating|parsed invalid|doesn't exist|has no entries|Unexpected '\{'|Extra '\}'|Missing '\{'|invalid number|Invalid|not (?:found|valid)|unknown/;

/** Of a line with a closing brace: where its block begins. */
function openingLine(source: readonly string[], line: number): number | undefined {
  if (!/\}/.test(source[line - 1] ?? '')) return undefined;
  let depth = 0;
  for (let at = line; at > 0; at--) {
    const text = (source[at - 1] ?? '').replace(/[#!].*/, '');
    for (const character of [...text].toReversed()) {
      if (character === '}') depth++;
      if (character === '{' && --depth === 0) return at;
    }
  }
  return undefined;
}

/** An object of that name is defined, and there is a complaint about its definition. */
function isLost(
  name: string,
  source: readonly string[],
  told: readonly Diagnostic[],
  { verdicts }: CorpusFile,
): boolean {
  const complained = verdicts.some(({ diagnostics }) =>
    diagnostics.some(
      (text) => text.includes(name) && /removing|disabling|ignoring|not found\/accessible/i.test(text),
    ),
  );
  return complained || (source.some((text) => text.trim().split(/[\s{]+/)[1] === name) && told.length > 0);
}
