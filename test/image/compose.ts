import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../lab-support/root-folder.ts';
import type { Wishes } from './container.ts';

/** What docker/pair.yaml says of its routers. */
export interface Pair {
  readonly router: Pick<Wishes, 'capabilities' | 'environment' | 'readOnly' | 'memory'>;
  /** Host names of the routers, in their order. */
  readonly hostNames: readonly string[];
  /** The name by which all are found. */
  readonly alias: string;
  /** Length of the network's prefix. */
  readonly prefixLength: number;
  readonly virtualAddress: string;
}

/** Reads the few forms in which docker/pair.yaml is written; it is no reader of YAML. */
export function readPair(): Pair {
  const text = readFileSync(join(rootFolder, 'docker', 'pair.yaml'), 'utf8');
  const router = /^x-router:[\s\S]*?(?=^services:)/m.exec(text)?.[0] ?? '';
  const list = (name: string): readonly string[] =>
    (new RegExp(`^ +${name}: \\[(.*)\\]$`, 'm').exec(router)?.[1] ?? '').split(', ').filter(Boolean);
  const environment = Object.fromEntries(
    [...router.matchAll(/^ {4}(HOLDFAST_\w+): (.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
  return {
    router: {
      capabilities: list('cap_add'),
      environment,
      readOnly: /^ +read_only: true$/m.test(router),
      memory: list('tmpfs'),
    },
    hostNames: [...text.matchAll(/^ +hostname: (\S+)$/gm)].map(([, name]) => name ?? ''),
    alias: list('aliases')[0] ?? '',
    prefixLength: Number(/- subnet: \S+\/(\d+)$/m.exec(text)?.[1]),
    virtualAddress: environment['HOLDFAST_VIPS'] ?? '',
  };
}
