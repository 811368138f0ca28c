import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { RealServer, VirtualServer } from '../../../packages/config/src/lvs-types.ts';
import type { FromHealthcheck, ToHealthcheck } from '../../../packages/healthcheck/src/ipc.ts';
import { mergeSaved, nothingSaved } from '../../../packages/healthcheck/src/logic/merge-saved.ts';
import { packServers } from '../../../packages/healthcheck/src/pack-servers.ts';
import { type Ipvs, openIpvs, type ServiceKey, serverId } from '../../../packages/ipvs-netlink/src/index.ts';
import { address, micros, seconds } from '../../../packages/kit/src/index.ts';

/**
 * The life of a pool on this machine's kernel, with a worker process and backends on the loopback. Says what the table
 * held at each station: one JSON text on stdout.
 */
const workerPath = join(process.argv[2] ?? '.', 'worker.mjs');
const port = 8080;
const backends = ['127.0.1.1', '127.0.1.2', '127.0.1.3'];
const web: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('127.0.0.100'), port: 80 };
/** Milliseconds: some intervals of a second, on a slow machine. */
const patience = 15_000;

const realServer = (text: string): RealServer => ({
  key: `[${text}]:tcp:${port}`,
  address: address(text),
  port,
  forwarding: { method: 'NAT' },
  weight: 1,
  inhibitOnFailure: false,
  upperThreshold: 0,
  lowerThreshold: 0,
  notifyUp: undefined,
  notifyDown: undefined,
  virtualhost: undefined,
  checkers: [
    {
      kind: 'TCP_CHECK',
      pace: {
        delayLoop: seconds(1),
        retry: 0,
        delayBeforeRetry: seconds(1),
        warmup: micros(0),
        alpha: false,
        logAllFailures: false,
      },
      target: {
        address: address(text),
        port,
        bindTo: undefined,
        bindPort: undefined,
        bindInterface: undefined,
        fwmark: undefined,
        connectTimeout: seconds(2),
      },
    },
  ],
});

const virtualServer = (servers: readonly string[]): VirtualServer => ({
  key: '[127.0.0.100]:tcp:80',
  services: [{ kind: 'address', address: address('127.0.0.100'), port: 80 }],
  protocol: 'tcp',
  scheduler: 'rr',
  schedulerFlags: { flag1: false, flag2: false, flag3: false },
  onePacket: false,
  persistence: undefined,
  persistenceEngine: undefined,
  delayLoop: seconds(1),
  haSuspend: false,
  alpha: false,
  omega: false,
  quorum: 1,
  hysteresis: 0,
  quorumUp: undefined,
  quorumDown: undefined,
  sorryServer: { address: address('127.0.1.9'), port, forwarding: { method: 'NAT' } },
  sorryServerInhibit: false,
  virtualhost: undefined,
  realServers: servers.map(realServer),
});

class Worker {
  readonly child: ChildProcess;
  saved = nothingSaved;
  constructor() {
    this.child = fork(workerPath, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.child.on('message', (message: FromHealthcheck) => {
      if (message.kind !== 'turn') return;
      for (const fact of message.facts)
        if (fact.kind === 'saved') this.saved = mergeSaved(this.saved, fact.pools);
    });
  }
  send(
    message: Omit<Extract<ToHealthcheck, { kind: 'configure' }>, 'kind' | 'options' | 'slice'>,
    servers: readonly string[],
  ): void {
    this.child.send({
      ...message,
      kind: 'configure',
      slice: { global: {}, virtualServers: packServers([virtualServer(servers)]) },
      options: { dontReleaseIpvs: false, logDetail: false },
    });
  }
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

async function listen(host: string): Promise<{ readonly server: Server; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.resume();
  }).listen(port, host);
  await once(server, 'listening');
  return {
    server,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function tableText(ipvs: Ipvs): Promise<string> {
  const reading = await ipvs.table();
  if (!reading.ok) return reading.error.code;
  const pools = [...reading.value.table.values()];
  return pools
    .flatMap(({ servers }) => [...servers.values()].map((each) => `${serverId(each)}=${each.weight}`))
    .sort((a, b) => a.localeCompare(b))
    .join(' ');
}

const stations = new Map<string, string>();
const opened = await openIpvs();
if (!opened.ok) {
  process.stderr.write(`${JSON.stringify(opened.error)}\n`);
  process.exit(1);
}
const ipvs = opened.value;

/** Waits until the table reads so, and notes what it read at last. */
async function station(name: string, wanted: string): Promise<void> {
  const end = Date.now() + patience;
  let text = await tableText(ipvs);
  while (text !== wanted && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    text = await tableText(ipvs);
  }
  stations.set(name, text);
}
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const pool = (...last: readonly number[]): string => last.map((n) => `127.0.1.${n}:${port}=1`).join(' ');

const alive = new Map<string, Awaited<ReturnType<typeof listen>>>();
for (const host of backends) alive.set(host, await listen(host));
const die = async (host: string): Promise<void> => alive.get(host)?.close();

let current = new Worker();
current.send({ reason: 'start', saved: undefined }, backends);
await station('start', pool(1, 2, 3));
await die('127.0.1.1');
await station('one dies', pool(2, 3));
await ipvs.flush();
await station('flushed by somebody', pool(2, 3));
const before = current.saved;
await current.end('SIGKILL');
stations.set('worker killed', await tableText(ipvs));
current = new Worker();
current.send({ reason: 'start', saved: before }, backends);
await pause(2500);
stations.set('successor, later', await tableText(ipvs));
alive.set('127.0.1.1', await listen('127.0.1.1'));
await station('it returns', pool(1, 2, 3));
current.send({ reason: 'reload', saved: undefined }, backends.slice(0, 2));
await station('reload with one less', pool(1, 2));
await die('127.0.1.1');
await die('127.0.1.2');
await station('all die', pool(9));
await current.end('SIGTERM');
const left = await ipvs.service(web);
stations.set('stopped', left.ok ? 'still there' : left.error.code);
ipvs.close();
process.stdout.write(JSON.stringify(Object.fromEntries(stations)));
process.exit(0);
