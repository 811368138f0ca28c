/** A keyword that keepalived does not have, with a configuration that both accept. */
export interface Extension {
  /** Its place in the table: `global_defs.vrrp_socket`. */
  readonly path: string;
  readonly example: string;
}

/**
 * What Holdfast has beyond keepalived. It stands on lines that begin with `@holdfast`: keepalived skips a line of another
 * config id, we always honour this one, and so one file serves a mixed pair.
 */
export const extensions: readonly Extension[] = [
  {
    path: 'global_defs.vrrp_socket',
    example: 'global_defs {\n  @holdfast vrrp_socket raw-socket\n}\n',
  },
  {
    path: 'global_defs.checks_in_flight',
    example: 'global_defs {\n  @holdfast checks_in_flight 500\n}\n',
  },
];
