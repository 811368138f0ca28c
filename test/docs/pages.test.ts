import { expect, test } from 'vitest';
import { LabError } from '../lab-support/lab-error.ts';
import { describeWith } from '../support/requirements.ts';
import { type Site, siteNeeds, withSite } from '../support/site.ts';
import { pages, pageText, type Step, stepsOf } from './page.ts';

/** Does on a site what a page says; the machines are there already. */
async function follow(steps: readonly Step[], site: Site): Promise<void> {
  let printed = '';
  for (const step of steps) {
    switch (step.kind) {
      case 'prepare':
        for (const name of step.machines) await site.machine(name).must(step.script);
        break;
      case 'file':
        for (const name of step.machines) await site.machine(name).write(step.path, step.text);
        break;
      case 'run':
        printed = await runOn(step, site);
        break;
      case 'prints':
        for (const line of step.lines) expect(printed).toContain(line);
        break;
      case 'machine':
      case 'not run':
        break;
      case 'wrong':
        throw new LabError(step.what);
    }
  }
}

/** Every command must succeed, or, where the page says so, end with its status. @returns what was printed */
async function runOn(step: Extract<Step, { kind: 'run' }>, site: Site): Promise<string> {
  const printed: string[] = [];
  for (const name of step.machines) {
    const script = step.status === 0 ? `set -e\n${step.script}` : step.script;
    const { status, output } = await site.machine(name).sh(script);
    expect(status, `on ${name}:\n${step.script}${output}`).toBe(step.status);
    printed.push(output);
  }
  return printed.join('\n');
}

const needs = { ...siteNeeds, tools: [...siteNeeds.tools, 'keepalived', 'sysctl'], services: ['nginx'] };

describeWith(needs, 'a reader who types what stands in', () => {
  test.concurrent.each(pages)('%s sees what it says', async (page) => {
    const steps = stepsOf(pageText(page));
    const machines = steps.filter((step) => step.kind === 'machine');
    await withSite(machines, (site) => follow(steps, site));
  });
});
