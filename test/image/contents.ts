import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../lab-support/root-folder.ts';
import { claim, claimEqual, remark } from './claims.ts';
import type { Image } from './image.ts';

const ours = /^\/opt\/holdfast\/|^\/usr\/bin\/tini$/;
/** What has no business in an image that only runs. */
const unneeded =
  /\.(?:ts|map|d\.mts|service|init|gz)$|\/(?:man\d?|examples|reference|share|node_modules|npm|prebuilds)\/|\/install\.sh$/;
const compilers = /^\/usr\/bin\/(?:cc|gcc|g\+\+|make|python3|strip|git|npm|node)$/;
/** How a machine reaches its registries. */
const settings = /npmrc|ca-certificates\.crt|\/auth\.conf\.d\/./;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** What is in the image, what is not, and what it says of itself. */
export function contents({ config, history, layers }: Image): void {
  const own = layers.slice(1).flatMap(({ paths }) => paths.filter((path) => !path.endsWith('/')));
  const all = layers.flatMap(({ paths }) => paths);
  const found = (paths: readonly string[], pattern: RegExp): readonly string[] =>
    paths.filter((path) => pattern.test(path));
  claimEqual(
    'beside its base the image holds what it runs, and nothing else',
    own.filter((path) => !ours.test(path)),
    [],
  );
  claimEqual('no sources, pages, units or packages of npm are among it', found(own, unneeded), []);
  claimEqual('no compiler and no npm is in the image', found(all, compilers), []);
  claimEqual('no settings of registries are left in it', found(all, settings), []);
  claim('it holds the licences of what it passes on', found(own, /\/doc\/licences\//).length > 10);
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(rootFolder, 'package.json'), 'utf8'))?.[1];
  claimEqual('its label tells the version', config.Labels['org.opencontainers.image.version'], version);
  claimEqual(
    'of variables it brings PATH only',
    config.Env.map((each) => each.split('=')[0]),
    ['PATH'],
  );
  claimEqual(
    'process 1 is tini, and the command is run',
    [config.Entrypoint[0], ...config.Cmd],
    ['/usr/bin/tini', 'run'],
  );
  claimEqual('it has a HEALTHCHECK', config.Healthcheck.Test[0], 'CMD');
  const steps = history.map(({ created_by: step }) => step ?? '').join('\n');
  claim('its history names no machine that it was built on', !/npmrc|https?:\/\//.test(steps), () => steps);
  const [base, ...rest] = layers;
  claim('its own part stays below 125 MB', sum(rest.map(({ unpacked }) => unpacked)) < 125e6);
  for (const [name, size] of [
    ['compressed', (layer: (typeof layers)[number]) => layer.compressed],
    ['unpacked', (layer: (typeof layers)[number]) => layer.unpacked],
  ] as const) {
    remark(
      `image, ${name}: ${megabytes(sum(layers.map(size)))}, of which the base ${megabytes(base === undefined ? 0 : size(base))}`,
    );
  }
}
