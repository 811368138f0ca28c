import { createHash } from 'node:crypto';

/** What has been learnt of an answer once the peer has closed. */
export interface HttpResponse {
  /** `undefined`: the first line has no three digits after its first blank. */
  readonly status: number | undefined;
  /** `Content-Length:` in exactly this spelling; `undefined` when it is not there or no number. */
  readonly contentLength: number | undefined;
  /** Bytes of the body that came, also those beyond `contentLength`. */
  readonly received: number;
  /** MD5 of the body, not more than `contentLength` of it: 32 hexadecimal digits, lower case. */
  readonly digest: string;
}

/** Reads an answer chunk by chunk, wherever the chunks are cut; the body is hashed and not kept. */
export interface ResponseReader {
  /** @returns false when this cannot become an answer any more: stop reading */
  push(chunk: Uint8Array): boolean;
  /** The peer has closed. `undefined`: before the header was complete. */
  end(): HttpResponse | undefined;
}

/** A header longer than this is garbage, in bytes. */
const longestHeader = 16_384;
const headerEnd = '\r\n\r\n';

/** @param withDigest false: the body is counted only */
export function responseReader(withDigest: boolean): ResponseReader {
  const hash = createHash('md5');
  let header = Buffer.alloc(0);
  let head: Head | undefined;
  let received = 0;

  const takeBody = (chunk: Uint8Array, { contentLength = Infinity }: Head): void => {
    const counted = chunk.subarray(0, Math.max(0, contentLength - received));
    received += chunk.length;
    if (withDigest && counted.length > 0) hash.update(counted);
  };
  const takeHeader = (chunk: Uint8Array): boolean => {
    const searchFrom = Math.max(0, header.length - headerEnd.length + 1);
    header = Buffer.concat([header, chunk]);
    const end = header.indexOf(headerEnd, searchFrom, 'latin1');
    if (end < 0) return header.length <= longestHeader;
    const body = header.subarray(end + headerEnd.length);
    head = readHead(header.toString('latin1', 0, end));
    header = Buffer.alloc(0);
    takeBody(body, head);
    return true;
  };

  return {
    push(chunk) {
      if (head === undefined) return takeHeader(chunk);
      takeBody(chunk, head);
      return true;
    },
    end: () => (head === undefined ? undefined : { ...head, received, digest: hash.digest('hex') }),
  };
}

type Head = Pick<HttpResponse, 'status' | 'contentLength'>;

function readHead(text: string): Head {
  const status = /^[^ \r\n]* (\d{3})(?!\d)/.exec(text)?.[1];
  const length = /\r\nContent-Length:[ \t]*(\d{1,15})[ \t]*(?:\r\n|$)/.exec(text)?.[1];
  return {
    status: status === undefined ? undefined : Number(status),
    contentLength: length === undefined ? undefined : Number(length),
  };
}
