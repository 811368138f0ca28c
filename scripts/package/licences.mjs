import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/root.mjs';
import { SetupError } from '../lib/steps.mjs';

/**
 * The licence texts of the npm packages of which code stands in the bundles: whoever passes the code on passes them on.
 * @param {readonly string[]} bundles
 * @returns {{ name: string, text: string }[]}
 */
export function licencesOf(bundles) {
  const folders = new Map(bundles.flatMap(packagesOf));
  return [...folders].sort(([a], [b]) => a.localeCompare(b)).map(([name, folder]) => licenceOf(name, folder));
}

/** esbuild's report names each file that went in: the package is the innermost below a `node_modules`. */
function packagesOf(bundle) {
  const report = JSON.parse(readFileSync(join(root, 'dist', 'meta', `${bundle}.json`), 'utf8'));
  return Object.keys(report.inputs).flatMap((input) => {
    const found = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input);
    return found === null ? [] : [[found[2], join(root, found[1])]];
  });
}

function licenceOf(name, folder) {
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const { license, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (file === undefined && !/^(?:MIT|ISC|0BSD|BSD|Apache)/.test(license ?? '')) {
    throw new SetupError(`${name} ${version} says nothing of its licence; it cannot be passed on`);
  }
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return { name, text: `${name} ${version}, ${license}\n\n${text}` };
}
