import type { Config } from '../types.ts';
import { checkerDefinitions } from './checkers.ts';
import { commonDefinitions } from './common.ts';
import { globalSchema } from './global.ts';
import { poolDefinitions, virtualServerSchema } from './pools.ts';
import { about, type Json, list, object } from './schema.ts';
import { virtualRouterDefinitions, vrrpInstanceSchema, vrrpScriptSchema } from './virtual-routers.ts';

/**
 * The JSON Schema (draft 2020-12) of the typed configuration, as `holdfast show config --typed` prints it and the control
 * socket gives it. Its shape is that of the types, by the compiler; meanings, defaults and ranges are the keyword table's.
 */
export function configurationSchema(): Json {
  const { json } = object<Config>({
    global: about('global_defs, without what the objects inherit: that shows in them.', globalSchema()),
    vrrpScripts: about('Those that are tracked.', list(vrrpScriptSchema())),
    vrrpInstances: about('The virtual routers.', list(vrrpInstanceSchema())),
    virtualServers: about('The pools.', list(virtualServerSchema())),
  });
  const definitions = [
    ...commonDefinitions,
    ...virtualRouterDefinitions,
    ...poolDefinitions,
    ...checkerDefinitions,
  ];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The typed configuration of Holdfast',
    description:
      'What a file says after defaults, ranges and rules. Times are whole microseconds; what is not set is absent.',
    ...json,
    $defs: Object.fromEntries(definitions.map(({ name, definition }) => [name, definition.json])),
  };
}
