import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages, pageText, type Step, stepsOf } from '../docs/page.ts';
import { rootFolder } from '../lab-support/root-folder.ts';

const notRun = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'not run' ? [step.reason] : []));

test.each(pages)('every block of %s is run, written, compared, or says why not', (page) => {
  const steps = stepsOf(pageText(page));
  expect(steps.filter(({ kind }) => kind === 'wrong')).toEqual([]);
  expect(notRun(steps).filter((reason) => reason.length < 10)).toEqual([]);
});

test.each(pages)('%s has the same commands and files in Chinese', (page) => {
  expect(stepsOf(pageText(join('zh', page)))).toEqual(stepsOf(pageText(page)));
});

test('the blocks that no test runs are no more than they were', () => {
  expect(pages.flatMap((page) => notRun(stepsOf(pageText(page)))).length).toBeLessThanOrEqual(11);
});

test.each(['README.md', ...pages].flatMap((page) => [page, join('zh', page)]))(
  'every link of %s leads to a file and a heading that are there',
  (page) => {
    const links = [...pageText(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((target) => !leads(join('docs', page, '..'), target));
    expect(broken).toEqual([]);
  },
);

function leads(folder: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = join(folder, path);
  if (!existsSync(join(rootFolder, file))) return false;
  if (heading === undefined) return true;
  const titles = [...pageText(file.replace(/^docs\//, '')).matchAll(/^#+ (.*)$/gm)];
  return titles.some(([, title = '']) => title.toLowerCase().replaceAll(' ', '-') === heading);
}
