/**
 * Takes a signal that has arrived.
 * @param sender process id of who sent it; 0 where that is the kernel, or a process of another namespace
 * @param name what the sender was called at that moment, 15 characters at most; empty where it had ended already
 */
export type OnSignal = (signal: number, sender: number, name: string) => void;

/**
 * What the addon offers. Structures (sockaddr, cmsg, filters) are encoded in TypeScript. Every call throws a
 * `NativeError` when the kernel refuses; an exception of a callback is an 'uncaughtException' of the process.
 */
export interface Addon {
  readonly Socket: new (domain: number, type: number, protocol: number) => NativeSocket;
  /** Takes over an open descriptor (made non-blocking and close-on-exec). */
  readonly adoptSocket: (fd: number) => NativeSocket;
  readonly Timer: new (onExpire: () => void) => NativeTimer;
  /** CLOCK_MONOTONIC in microseconds, a whole number. */
  readonly monotonicMicros: () => number;
  /**
   * `sigaction` handlers that write to a pipe read by the loop; also for real-time signals. Calls add up, and do not
   * keep the process alive. One thread of a process may watch. `process.on` with the same signal takes it away.
   */
  readonly watchSignals: (signals: readonly number[], onSignal: OnSignal) => void;
  /**
   * prctl(PR_SET_PDEATHSIG) of the main thread: the signal comes when the parent's thread that forked ends. Compare
   * process.ppid with the expected parent afterwards: it may have died before the call.
   */
  readonly setParentDeathSignal: (signal: number) => void;
  /** After this many seconds (fractions too) SIGALRM ends the process even if its loop is stuck; 0 disarms. */
  readonly alarm: (seconds: number) => void;
  /**
   * As `alarm`, armed by the signal handler itself when `signal` arrives, so that a stuck loop ends all the same; 0
   * takes that back. Installs the handler where `watchSignals` has not.
   */
  readonly alarmOnSignal: (signal: number, milliseconds: number) => void;
  /** sched_setscheduler of the main thread: SCHED_RR with SCHED_RESET_ON_FORK; priority 0 is SCHED_OTHER again. */
  readonly setRealtime: (priority: number) => void;
  /** setrlimit of the process, in the resource's unit; RLIM_INFINITY (-1) is no limit. */
  readonly setResourceLimit: (resource: number, soft: number, hard: number) => void;
  /** Sets close-on-exec on every descriptor from `first` on. */
  readonly closeOnExecFrom: (first: number) => void;
  /** fcntl(F_OFD_SETLK) for writing on the whole file; false when another one holds it. */
  readonly lockFile: (fd: number) => boolean;
}

/** Non-blocking, close-on-exec, kept alive while it receives. Errors carry `code`, `syscall`, `errno`. */
export interface NativeSocket {
  /** -1 once closed. */
  readonly fd: number;
  bind(address: Uint8Array): void;
  /** Fixes the peer. A stream socket's connect may still be under way when this returns (EINPROGRESS). */
  connect(address: Uint8Array): void;
  localAddress(): Uint8Array;
  setOption(level: number, name: number, value: number | Uint8Array): void;
  getOption(level: number, name: number, length: number): Uint8Array;
  /** SO_ATTACH_FILTER: classic BPF instructions, 8 bytes each. */
  attachFilter(instructions: Uint8Array): void;
  /**
   * Calls `onBatch` once per readiness with up to `batch` messages (recvmmsg). The slices are views of buffers that
   * are used again after the call: copy what is kept. `onError` gets ENOBUFS, ENETDOWN and the like; the socket goes
   * on receiving. An empty message of a connected AF_UNIX socket is its end: close it. Once per socket.
   */
  receive(
    options: ReceiveOptions,
    onBatch: (messages: readonly Received[]) => void,
    onError: (error: NativeError) => void,
  ): void;
  /**
   * Reads now what is there, without waiting for the loop; used to drain before timers are served. At most 16 batches,
   * so that a flood cannot hold the loop; from inside `onBatch` nothing. Returns the number of messages.
   */
  drain(): number;
  /** sendmmsg. Returns how many went out (in order); throws when the first one could not be sent. */
  send(messages: readonly Outgoing[]): number;
  /** Keeps the process alive (default) or not. */
  ref(): void;
  unref(): void;
  /**
   * Gives the descriptor up without closing it: whoever gets it has to close it. `new net.Socket({ fd })` takes a stream
   * socket whose options Node cannot set.
   */
  release(): number;
  close(): void;
}

export interface ReceiveOptions {
  /** Most messages a call; 32 by default. */
  readonly batch?: number;
  /** Bytes a message may have; 2048 by default. Longer ones are marked `truncated`. */
  readonly size?: number;
  /** Bytes for control messages (PKTINFO, TTL); 0 by default. */
  readonly control?: number;
}

export interface Received {
  readonly data: Uint8Array;
  /** The sender's sockaddr. */
  readonly from: Uint8Array;
  /** Raw control messages, empty unless asked for. */
  readonly control: Uint8Array;
  readonly truncated: boolean;
}

export interface Outgoing {
  readonly data: Uint8Array;
  /** Where to; omitted on connected sockets. */
  readonly to?: Uint8Array;
  readonly control?: Uint8Array;
}

/** An absolute timerfd on CLOCK_MONOTONIC. Armed, it keeps the process alive and lives without a reference to it. */
export interface NativeTimer {
  /** Fires once; replaces an earlier time. @param at microseconds of CLOCK_MONOTONIC; a past time fires at once */
  arm(at: number): void;
  disarm(): void;
  close(): void;
}

export interface NativeError extends Error {
  /** 'EADDRNOTAVAIL' */
  readonly code: string;
  readonly syscall: string;
  /** Positive, as in os.constants.errno. */
  readonly errno: number;
}
