/** The part of npm's raw-socket that is used here. */
declare module 'raw-socket' {
  import type { EventEmitter } from 'node:events';

  export interface Socket extends EventEmitter {
    /** Options are numbers, or a buffer with its length. */
    setOption(level: number, option: number, value: number): void;
    setOption(level: number, option: number, value: Buffer, length: number): void;
    send(
      buffer: Buffer,
      offset: number,
      length: number,
      address: string,
      afterCallback: (error: Error | null, bytes: number) => void,
    ): void;
    /** Called by raw-socket when the socket is writable: writes the first that waits. */
    onSendReady(): void;
    /** Called by raw-socket when the socket is readable: reads one packet, or emits the error of the attempt. */
    onRecvReady(): void;
    close(): void;
  }

  export function createSocket(options: { readonly protocol: number; readonly bufferSize?: number }): Socket;
}
