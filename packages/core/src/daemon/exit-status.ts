/** keepalived's exit status (keepalived(8)); scripts and service managers decide by them. */
export const exitStatus = {
  orderly: 0,
  fatal: 1,
  configuration: 2,
  missingPermission: 4,
  noConfiguration: 6,
  internalError: 70,
} as const;
