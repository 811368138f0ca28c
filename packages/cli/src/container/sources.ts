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
 * The text of a file, undefined where there is none. Fails with the code of an error (EACCES) where there is one that
 * cannot be read.
 */
export type ReadText = (path: string) => Result<string | undefined, string>;

/** A mounted file wins over a template, and that over variables alone; none that is there is passed over in silence. */
export function chooseSource(environment: Environment, readText: ReadText): Result<Source, Obstacle> {
  const wished = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  const [file, template] = [wished('HOLDFAST_CONFIG'), wished('HOLDFAST_TEMPLATE')];
  if (file !== undefined && template !== undefined)
    return fail(obstacle('HOLDFAST_CONFIG and HOLDFAST_TEMPLATE are both set', 'remove one of them'));
  for (const [name, path] of Object.entries({ HOLDFAST_CONFIG: file, HOLDFAST_TEMPLATE: template })) {
    const named = path === undefined ? undefined : readText(path);
    if (named?.ok === true && named.value === undefined)
      return fail(obstacle(`${name}=${path} cannot be read`, 'mount the file there'));
  }
  if (template === undefined) {
    const found = fileAt(file ?? customary.file, environment, readText);
    if (!found.ok) return found;
    if (found.value !== undefined) return ok(found.value);
  }
  const path = template ?? customary.template;
  const text = readText(path);
  if (!text.ok) return fail(unreadable(path, text.error));
  return ok(
    text.value === undefined ? { kind: 'environment' } : { kind: 'template', path, text: text.value },
  );
}

function fileAt(
  path: string,
  environment: Environment,
  readText: ReadText,
): Result<Extract<Source, { kind: 'file' }> | undefined, Obstacle> {
  const text = readText(path);
  if (!text.ok) return fail(unreadable(path, text.error));
  if (text.value === undefined) return ok(undefined);
  const set = Object.keys(variables).filter((name) => environment[name]?.trim());
  return ok({ kind: 'file', path, ignored: set.filter((name) => !always.includes(name)) });
}

/** Without DAC_OVERRIDE root may read no more than the modes of a file say. */
function unreadable(path: string, code: string): Obstacle {
  if (code !== 'EACCES')
    return obstacle(`${path} cannot be read (${code})`, 'mount a file of keepalived.conf(5) there');
  return obstacle(
    `${path} cannot be read (EACCES)`,
    "make it root's on the host (chown root), or let everybody read it and enter its folder (chmod a+rX)",
  );
}
