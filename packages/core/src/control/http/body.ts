import type { IncomingMessage } from 'node:http';
import { type Reply, refuse } from './reply.ts';

/** No request needs more. */
export const longestBody = 16_384;

/** Reads a JSON body. @returns the parsed value, or why it is refused: too long, or no JSON */
export async function readBody(request: IncomingMessage): Promise<{ readonly value: unknown } | Reply> {
  const announced = Number(request.headers['content-length'] ?? 0);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    if (announced <= longestBody) {
      for await (const chunk of request) {
        const bytes = Buffer.from(chunk);
        length += bytes.length;
        if (length > longestBody) break;
        chunks.push(bytes);
      }
    }
  } catch {
    // The client has gone: nobody reads this.
    return refuse('bad-request', 'the body ended before its end', 'send all of it');
  }
  if (Math.max(announced, length) > longestBody)
    return refuse(
      'too-large',
      `a body may have ${longestBody} bytes`,
      'send the JSON that is described, and nothing else',
    );
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return refuse('bad-request', 'the body is no JSON', 'GET /v1/openapi.json describes what is expected');
  }
}
