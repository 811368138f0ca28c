/**
 * Schedulers of mainline Linux, each a module `ip_vs_NAME`. A kernel may have others: a name that is not here is worth
 * a warning, not a refusal. Every attempt with a name that the kernel lacks costs it the start of modprobe.
 */
export const schedulers = [
  'rr',
  'wrr',
  'lc',
  'wlc',
  'lblc',
  'lblcr',
  'dh',
  'sh',
  'mh',
  'sed',
  'nq',
  'fo',
  'ovf',
  'twos',
] as const;

/** Persistence engines, each a module `ip_vs_pe_NAME`. */
export const persistenceEngines = ['sip'] as const;

export const isKnownScheduler = (name: string): boolean => schedulers.some((known) => known === name);
