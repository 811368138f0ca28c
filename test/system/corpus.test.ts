import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { type CorpusFile, readCorpus } from './support/corpus.ts';
import { judge, type OurVerdict } from './support/corpus-judge.ts';
import { explanationOf, isShared, linesNamed } from './support/corpus-lines.ts';

/** Where our exit status is that of no version, and why. */
const otherStatus: ReadonlyMap<string, string> = new Map([
  ['0241', 'a script of it lies in /bin/busybox, which the machine of the verdicts had'],
  ['1391', 'an interface was there that the file wants to make'],
]);

/** What ends every version of keepalived. */
const ends = [
  /virtual router id must be set|Unknown interface!|at least one is required/,
  /\*\*\* Configuration line|both use VRID|Unicast instances must have/,
  /Unicast peers are not supported in strict mode/,
  /interface \S+ for vrrp_instance \S+ doesn't exist/,
];

describeWith(
  { shared: true },
  'published configurations with the verdicts of two versions of keepalived',
  () => {
    const folder = join(sharedFolder() ?? '', 'corpus');
    let known: readonly (readonly [CorpusFile, OurVerdict])[] | undefined;
    const judged = (): readonly (readonly [CorpusFile, OurVerdict])[] => {
      known ??= readCorpus(folder).map((file) => [file, judge(file)] as const);
      return known;
    };
    const nameOf = ({ id, withInterfaces }: CorpusFile): string =>
      `${id}${withInterfaces ? '' : ' (lo only)'}`;

    test('what either version accepts is accepted', () => {
      const isAccepted = (exit: number): boolean => exit === 0 || exit === 6;
      const refused = judged().filter(
        ([file, { exit }]) =>
          file.verdicts.some((verdict) => isAccepted(verdict.exit)) &&
          !isAccepted(exit) &&
          !otherStatus.has(nameOf(file)),
      );
      expect(refused.map(([file, { exit }]) => `${nameOf(file)}: ${exit}`)).toEqual([]);
    });

    test('the exit status is that of one of the versions', () => {
      const other = judged().filter(
        ([{ verdicts }, { exit }]) =>
          verdicts.length > 0 && !verdicts.some((verdict) => verdict.exit === exit),
      );
      expect(other.map(([file]) => nameOf(file))).toEqual([...otherStatus.keys()]);
    });

    test('the daemon starts with every file that keepalived runs with', () => {
      const stopped = judged().filter(
        ([file, { starts }]) =>
          file.withInterfaces &&
          !starts &&
          file.verdicts.some(
            ({ exit, diagnostics }) =>
              exit >= 0 && exit !== 2 && !diagnostics.some((text) => ends.some((end) => end.test(text))),
          ),
      );
      expect(
        stopped.map(([file, { diagnostics }]) => [
          file.id,
          diagnostics.filter(({ fatal }) => fatal).map(({ code, line }) => `${line} ${code}`),
        ]),
      ).toEqual([]);
    });

    test('every line that both versions name is named', () => {
      const missed = judged()
        .filter(([{ withInterfaces }]) => withInterfaces)
        .flatMap(([file, { diagnostics }]) =>
          linesNamed(file)
            .filter((named) => explanationOf(named, file, diagnostics) === undefined)
            .map(({ line, text }) => `${file.id}:${line} ${text.slice(0, 80)}`),
        );
      expect(missed).toEqual([]);
    });

    test('nothing is complained about that no version minds', () => {
      const surplus = judged()
        .filter(([{ withInterfaces, verdicts }]) => withInterfaces && verdicts.length > 0)
        .flatMap(([file, { diagnostics }]) =>
          diagnostics
            .filter((diagnostic) => diagnostic.keepalived !== 'none' && !isShared(diagnostic, file))
            .map(({ line, code }) => `${file.id}:${line} ${code}`),
        );
      expect(surplus).toEqual([]);
    });

    test('files that crash keepalived, or keep it busy for ever, are answered within a second', () => {
      const hard = judged().filter(
        ([{ verdicts }]) => verdicts.length < 2 || verdicts.some(({ exit }) => exit < 0),
      );
      expect(
        hard.filter(([, { milliseconds }]) => milliseconds > 1000).map(([file]) => nameOf(file)),
      ).toEqual([]);
      expect(hard).not.toEqual([]);
    });
  },
);
