import { fail, ok, type Result } from '@holdfast/kit';
import { type Obstacle, obstacle } from './obstacle.ts';
import type { Environment } from './reader.ts';
import { type VariableName, variables } from './variables.ts';

/** Where the configuration comes from. */
export type Source =
  | { readonly kind: 'file'; readonly path: string; readonly ignored: readonly string[] }
  | { readonly kind: 'template'; readonly path: string; readonly text: string }
  | { readonly kind: 'environment' };

const customary = {
  file: '/etc/keepalived/keepalived.conf',
  template: '/etc/keepalived/keepalived.conf.template',
} as const;

/** Of use with a file as well. */
const always: readonly string[] = ['HOLDFAST_CONFIG', 'HOLDFAST_WAIT', 'HOLDFAST_DIRECTORY'];

/**
 * A mounted file wins over a template, and that over variables alone.
 * @param textOf the text of a file; undefined when it cannot be read
 */
export function chooseSource(
  environment: Environment,
  textOf: (path: string) => string | undefined,
): Result<Source, Obstacle> {
  const wished = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  const [file, template] = [wished('HOLDFAST_CONFIG'), wished('HOLDFAST_TEMPLATE')];
  if (file !== undefined && template !== undefined)
    return fail(obstacle('HOLDFAST_CONFIG and HOLDFAST_TEMPLATE are both set', 'remove one of them'));
  for (const [name, path] of Object.entries({ HOLDFAST_CONFIG: file, HOLDFAST_TEMPLATE: template }))
    if (path !== undefined && textOf(path) === undefined)
      return fail(obstacle(`${name}=${path} cannot be read`, 'mount the file there'));
  if (template === undefined && textOf(file ?? customary.file) !== undefined) {
    const set = Object.keys(variables).filter((name) => environment[name]?.trim());
    return ok({
      kind: 'file',
      path: file ?? customary.file,
      ignored: set.filter((name) => !always.includes(name)),
    });
  }
  const path = template ?? customary.template;
  const text = textOf(path);
  return ok(text === undefined ? { kind: 'environment' } : { kind: 'template', path, text });
}
