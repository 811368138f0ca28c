import { laterAlertRows } from './global-alerts.ts';
import { laterIntegrationRows } from './global-integration.ts';
import { laterProcessRows } from './global-processes.ts';

/** Keywords of `global_defs` that are accepted and do nothing yet. */
export const laterGlobalRows = { ...laterAlertRows, ...laterProcessRows, ...laterIntegrationRows } as const;
