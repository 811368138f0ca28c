import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Result } from '@holdfast/kit';
import { eventsQuery, handoverOrder, serverOrder } from './api/index.ts';
import type { Desk } from './desk.ts';
import type { EventRing } from './event-ring.ts';
import { readBody } from './http/body.ts';
import { streamEvents } from './http/event-stream.ts';
import { type Reply, refuse, reply } from './http/reply.ts';
import { findRoute, read } from './http/route.ts';
import type { Handler } from './http/server.ts';
import type { NotFound } from './names.ts';
import { openApi } from './openapi.ts';
import { type RouteName, routes } from './routes.ts';

/** An asked-for status serves for so long whoever else asks, in milliseconds: a hundred clients cost as much as one. */
const statusFreshness = 100;
/** Clients that may follow the events at the same time. */
const mostFollowers = 128;

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
}

/** Answers the requests of the control socket. @param now milliseconds of any clock that does not go back */
export function control(desk: Desk, events: EventRing, now: () => number): Handler {
  const status = shared(now, async () => reply(await desk.status()));
  const configuration = shared(now, async () => reply(desk.configuration()));
  const followers = { count: 0 };
  const answers: Readonly<Record<RouteName, (asked: Asked) => Promise<Reply | 'taken'>>> = {
    status: () => status.get(),
    configuration: () => configuration.get(),
    instance: async ({ parameters: [name = ''] }) => answer(await desk.instance(name)),
    why: async ({ parameters: [name = ''] }) => answer(await desk.why(name)),
    handover: async ({ request, parameters: [name = ''] }) => {
      const order = await readOrder(request, handoverOrder);
      if ('status' in order) return order;
      const done = await desk.handOver(name, order.value.on);
      status.forget();
      return answer(done);
    },
    server: async ({ request }) => {
      const order = await readOrder(request, serverOrder);
      if ('status' in order) return order;
      const done = await desk.orderServer(order.value);
      status.forget();
      return answer(done);
    },
    events: async ({ response, query }) => stream(events, followers, response, query),
    openapi: async () => reply(openApi(routes)),
  };
  return async (request, response) => {
    const [path = '', search = ''] = (request.url ?? '').split('?', 2);
    const match = findRoute(routes, request.method ?? '', path);
    if ('status' in match) return match;
    const { route, parameters } = match;
    return answers[route.name]({ request, response, parameters, query: new URLSearchParams(search) });
  };
}

const answer = <T>(result: Result<T, NotFound>): Reply =>
  result.ok ? reply(result.value) : refuse('not-found', result.error.message, result.error.remedy);

async function readOrder<T>(
  request: IncomingMessage,
  schema: Parameters<typeof read<T>>[0],
): Promise<{ readonly value: T } | Reply> {
  const body = await readBody(request);
  return 'status' in body ? body : read(schema, body.value, 'body');
}

function stream(
  events: EventRing,
  followers: { count: number },
  response: ServerResponse,
  query: URLSearchParams,
): Reply | 'taken' {
  const wanted = read(eventsQuery, Object.fromEntries(query), 'query');
  if ('status' in wanted) return wanted;
  const follow = wanted.value.follow === 'true';
  if (follow && followers.count >= mostFollowers)
    return refuse('too-many-clients', `${mostFollowers} clients follow the events`, 'end one of them');
  if (follow) {
    followers.count++;
    response.on('close', () => {
      followers.count--;
    });
    // Long silence is no sign of a dead client here.
    response.socket?.setTimeout(0);
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson', connection: 'close' });
  const { since, last } = wanted.value;
  streamEvents(response, events, { since, last, follow });
  return 'taken';
}

/** The same answer for all that ask at about the same time. */
function shared(now: () => number, make: () => Promise<Reply>) {
  let known: { readonly reply: Promise<Reply>; readonly at: number } | undefined;
  return {
    get: (): Promise<Reply> => {
      if (known === undefined || now() - known.at >= statusFreshness) known = { reply: make(), at: now() };
      return known.reply;
    },
    /** An order has changed something: who asks next sees it. */
    forget: (): void => {
      known = undefined;
    },
  };
}
