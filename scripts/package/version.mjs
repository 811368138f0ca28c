import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/root.mjs';

/** The version of the whole project. */
export const projectVersion = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
