import type { GlobalConfig, VrrpInstance, VrrpScript } from '@holdfast/config';
import { address, fail, type Micros, micros, ok, plus, seconds } from '@holdfast/kit';
import type { AddressRequest, Link, LinkAddress, LinkEvent, RouteNetlink } from '@holdfast/netlink';
import type { FromVrrp, ToVrrp, VrrpFact } from '../../src/ipc.ts';
import type {
  GarpRequest,
  PortFailure,
  Ports,
  Wire,
  WireAdvert,
  WireEvents,
} from '../../src/system/ports.ts';
import { openWorker, type Worker } from '../../src/system/worker-loop.ts';
import { ourAddress, t0 } from './instance.ts';

export const link = (name: string, index: number, more: Partial<Link> = {}): Link => ({
  index,
  name,
  adminUp: true,
  running: true,
  loopback: false,
  multicast: true,
  noArp: false,
  mtu: 1500,
  mac: Uint8Array.of(2, 0, 0, 0, 0, index),
  ...more,
});

export const linkAddress = (index: number, text: string, more: Partial<LinkAddress> = {}): LinkAddress => ({
  index,
  address: address(text),
  prefixLength: 24,
  scope: 0,
  secondary: false,
  tentative: false,
  protocol: 0,
  ...more,
});

/** A kernel with eth0 (10.0.0.2/24). Everything that is asked of it is written down in `log`, in order. */
export class FakeWorld {
  now: Micros = t0;
  readonly log: string[] = [];
  readonly links = new Map<string, Link>([['eth0', link('eth0', 2)]]);
  readonly addresses = new Map<string, LinkAddress>();
  readonly messages: FromVrrp[] = [];
  /** Datagrams that have arrived and that nobody has read. */
  readonly waiting: { readonly index: number; readonly bytes: Uint8Array }[] = [];
  /** Calls of `onWritten` that are held back while core is stuck. */
  readonly unwritten: (() => void)[] = [];
  stuck: boolean = false;
  /** The kernel's reports of changes that are still on their way; `undefined`: they come at once. */
  onTheWay: LinkEvent[] | undefined;
  wireRefusal: PortFailure | undefined;
  /** The code with which the kernel refuses every change of addresses. */
  addressRefusal: string | undefined;
  timerAt: Micros | undefined;
  exitCode: number | undefined;
  #onExpire: () => void = () => undefined;
  #onLink: (event: LinkEvent) => void = () => undefined;
  #onLost: () => void = () => undefined;
  #events: WireEvents = { onDatagram: () => undefined, onFailure: () => undefined };

  constructor() {
    this.hold(linkAddress(2, ourAddress));
  }

  ports(): Ports {
    return {
      clock: { now: () => this.now },
      wallSeconds: () => 1_700_000_000,
      openTimer: (onExpire) => {
        this.#onExpire = onExpire;
        return {
          arm: (at) => {
            this.timerAt = at;
          },
          disarm: () => {
            this.timerAt = undefined;
          },
          close: () => undefined,
        };
      },
      openWire: (_transport, events) => {
        this.#events = events;
        return Promise.resolve(ok({ wire: this.#wire(), note: undefined }));
      },
      garp: { announce: (requests) => this.#announce(requests), close: () => undefined },
      routes: this.#routes(),
      parent: { send: (message, onWritten) => this.#fromWorker(message, onWritten) },
      process: {
        setTitle: (title) => this.log.push(`title ${title}`),
        setScheduling: () => undefined,
        exit: (code) => {
          this.exitCode = code;
        },
        exitWithin: () => undefined,
      },
    };
  }

  /** A worker that has looked around and said `ready`. */
  async worker(): Promise<Worker> {
    const opened = await openWorker(this.ports(), 4711);
    if (!opened.ok) throw new RangeError(opened.error.what);
    return opened.value;
  }

  hold(held: LinkAddress): void {
    this.addresses.set(`${held.index} ${held.address}/${held.prefixLength}`, held);
  }

  /** Somebody else changes a link or an address. */
  happens(event: LinkEvent): void {
    if (event.kind === 'link') this.links.set(event.link.name, event.link);
    if (event.kind === 'link-gone') this.links.delete(event.name);
    if (event.kind === 'address') this.hold(event.address);
    if (event.kind === 'address-gone') {
      this.addresses.delete(`${event.address.index} ${event.address.address}/${event.address.prefixLength}`);
    }
    if (this.onTheWay === undefined) this.#onLink(event);
    else this.onTheWay.push(event);
  }

  /** The reports that were on their way arrive. */
  report(): void {
    const events = this.onTheWay ?? [];
    this.onTheWay = undefined;
    for (const event of events) this.#onLink(event);
  }

  loseEvents(): void {
    this.#onLost();
  }

  /** The socket has something to read: it is handed over at once. */
  arrives(bytes: Uint8Array, index = 2): void {
    this.#events.onDatagram(index, bytes);
  }

  /** Time passes; the timer fires when its time has come, however often. */
  pass(length: Micros): void {
    const end = plus(this.now, length);
    for (let at = this.timerAt; at !== undefined && at <= end; at = this.timerAt) {
      this.now = micros(Math.max(this.now, at));
      this.timerAt = undefined;
      this.#onExpire();
    }
    this.now = end;
  }

  /** Nothing runs for a while, then the timer fires once, late. */
  stall(length: Micros): void {
    this.now = plus(this.now, length);
    this.timerAt = undefined;
    this.#onExpire();
  }

  recover(): void {
    this.stuck = false;
    for (const written of this.unwritten.splice(0)) written();
  }

  get facts(): readonly VrrpFact[] {
    return this.messages.flatMap((message) => (message.kind === 'turn' ? message.facts : []));
  }

  get sentences(): readonly string[] {
    return this.facts.flatMap((fact) => (fact.kind === 'log' ? [fact.record.text] : []));
  }

  #wire(): Wire {
    return {
      open: ({ interfaceName, group }) => {
        if (this.wireRefusal !== undefined) return this.wireRefusal;
        this.log.push(`open ${interfaceName} ${group ?? 'unicast'}`);
        return undefined;
      },
      close: ({ interfaceName, interfaceIndex }) => this.log.push(`close ${interfaceName} ${interfaceIndex}`),
      send: (adverts) => this.#send(adverts),
      drain: () => {
        for (const { index, bytes } of this.waiting.splice(0)) this.#events.onDatagram(index, bytes);
      },
      closeAll: () => undefined,
    };
  }

  #send(adverts: readonly WireAdvert[]): readonly PortFailure[] {
    // An IPv4 header of 20 bytes, then VRRP: version and type, VRID, priority.
    this.log.push(
      `send ${adverts.map(({ bytes, endpoint }) => `${endpoint.interfaceName}:${bytes[21]}:${bytes[22]}`).join(' ')}`,
    );
    return [];
  }

  #announce(requests: readonly GarpRequest[]): readonly PortFailure[] {
    this.log.push(`garp ${requests.map((r) => r.address).join(' ')}`);
    return [];
  }

  #routes(): RouteNetlink {
    const change = (
      verb: string,
      requests: readonly AddressRequest[],
      carryOut: (r: AddressRequest) => void,
    ) => {
      this.log.push(`${verb} ${requests.map((r) => `${r.address}/${r.prefixLength}`).join(' ')}`);
      const refusal = this.addressRefusal;
      if (refusal !== undefined) {
        const failure = { request: verb, code: refusal, errno: 1, text: '' };
        return Promise.resolve(requests.map(() => fail(failure)));
      }
      for (const request of requests) carryOut(request);
      return Promise.resolve(requests.map(() => ok(undefined)));
    };
    return {
      links: () => Promise.resolve(ok([...this.links.values()])),
      addresses: () => Promise.resolve(ok([...this.addresses.values()])),
      addAddresses: (requests) =>
        change('add', requests, ({ index, address: a, prefixLength, protocol = 0 }) => {
          const held = linkAddress(index, a, { prefixLength, protocol });
          const known = this.addresses.has(`${index} ${a}/${prefixLength}`);
          if (!known) this.happens({ kind: 'address', address: held });
        }),
      deleteAddresses: (requests) =>
        change('delete', requests, ({ index, address: a, prefixLength }) => {
          const held = this.addresses.get(`${index} ${a}/${prefixLength}`);
          if (held !== undefined) this.happens({ kind: 'address-gone', address: held });
        }),
      watch: (onEvent, onLost) => {
        this.#onLink = onEvent;
        this.#onLost = onLost;
      },
      close: () => undefined,
    };
  }

  #fromWorker(message: FromVrrp, onWritten: () => void): void {
    this.messages.push(message);
    if (this.stuck) this.unwritten.push(onWritten);
    else queueMicrotask(onWritten);
  }
}

export const global = (more: Partial<GlobalConfig> = {}): GlobalConfig => ({
  routerId: undefined,
  enableScriptSecurity: false,
  scriptUser: undefined,
  dynamicInterfaces: true,
  vrrpStartupDelay: micros(0),
  vrrpRealtimePriority: undefined,
  vrrpNice: undefined,
  childWaitTime: seconds(5),
  processNames: {},
  logUnknownVrids: false,
  reloadCheckConfig: false,
  vrrpSocket: 'native',
  garpInterval: micros(0),
  ...more,
});

export const configure = (
  vrrpInstances: readonly VrrpInstance[],
  more: Partial<Extract<ToVrrp, { kind: 'configure' }>> = {},
  vrrpScripts: readonly VrrpScript[] = [],
): Extract<ToVrrp, { kind: 'configure' }> => ({
  kind: 'configure',
  reason: 'start',
  slice: { global: global(), vrrpInstances, vrrpScripts },
  options: { dontReleaseVrrp: false, releaseVips: false, logDetail: true },
  saved: [],
  ...more,
});

/** Lets everything run that waits for nothing but its turn. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};
