import type { HealthConfig, IpvsTimeouts, SyncDaemonConfig } from '../lvs-types.ts';
import type { GlobalConfig } from '../types.ts';
import { by } from './by-keyword.ts';
import { address, micros, userSchema } from './common.ts';
import { about, flag, object, optional, type SchemaOf, text, wholeNumber, words } from './schema.ts';

const of = <T>(keywords: string, schema: SchemaOf<T>, absent?: number): SchemaOf<T> =>
  by(keywords.replace(/\S+/g, 'global_defs.$&'), schema, absent);

/** `global_defs`, without what the objects inherit: that shows in them. */
export const globalSchema = (): SchemaOf<GlobalConfig> =>
  object<GlobalConfig>({
    routerId: of('router_id', optional(text)),
    enableScriptSecurity: of('enable_script_security', flag),
    scriptUser: of('script_user', optional(userSchema)),
    dynamicInterfaces: of('dynamic_interfaces', flag),
    vrrpStartupDelay: of('vrrp_startup_delay', micros, 0),
    vrrpRealtimePriority: of('vrrp_rt_priority', optional(wholeNumber)),
    vrrpNice: of('vrrp_priority', optional(wholeNumber)),
    childWaitTime: by('child_wait_time', micros),
    processNames: about(
      'The names that processes are found by.',
      object<GlobalConfig['processNames']>({
        parent: of('process_name', optional(text)),
        vrrp: of('vrrp_process_name', optional(text)),
      }),
    ),
    logUnknownVrids: of('log_unknown_vrids', flag),
    reloadCheckConfig: of('reload_check_config', flag),
    vrrpSocket: of('vrrp_socket', words<GlobalConfig['vrrpSocket']>({ native: true, 'raw-socket': true })),
    garpInterval: of('vrrp_garp_interval', micros, 0),
    health: optional(health()),
  });

const health = (): SchemaOf<HealthConfig> =>
  about(
    'The healthcheck worker and the kernel’s table as a whole; absent where nothing of it is written.',
    object<HealthConfig>({
      processName: of('checker_process_name', optional(text)),
      nice: of('checker_priority', optional(wholeNumber)),
      realtimePriority: of('checker_rt_priority', optional(wholeNumber)),
      flushAtStart: of('lvs_flush', flag),
      flushAtStop: of('lvs_flush_on_stop', flag),
      timeouts: of('lvs_timeouts', optional(timeouts())),
      mostInFlight: of('checks_in_flight', optional(wholeNumber)),
      syncDaemon: of('lvs_sync_daemon', optional(syncDaemon())),
    }),
  );

const timeouts = (): SchemaOf<IpvsTimeouts> =>
  object<IpvsTimeouts>({
    tcp: of('lvs_timeouts.tcp', optional(wholeNumber)),
    tcpFin: of('lvs_timeouts.tcpfin', optional(wholeNumber)),
    udp: of('lvs_timeouts.udp', optional(wholeNumber)),
  });

const syncDaemon = (): SchemaOf<SyncDaemonConfig> =>
  object<SyncDaemonConfig>({
    interface: of('lvs_sync_daemon', text),
    instance: of('lvs_sync_daemon.inst', optional(text)),
    syncId: of('lvs_sync_daemon.id', optional(wholeNumber)),
    maximumLength: of('lvs_sync_daemon.maxlen', optional(wholeNumber)),
    port: of('lvs_sync_daemon.port', optional(wholeNumber)),
    ttl: of('lvs_sync_daemon.ttl', optional(wholeNumber)),
    group: of('lvs_sync_daemon.group', optional(address.schema)),
  });
