import type * as z from 'zod';
import {
  event,
  eventsQuery,
  handoverAnswer,
  handoverOrder,
  instance,
  serverAnswer,
  serverOrder,
  status,
  why,
} from './api/index.ts';
import type { Route } from './http/route.ts';

/** Everything that the control socket answers. */
export const routes = {
  status: {
    method: 'GET',
    path: '/v1/status',
    summary: 'Everything at a glance: the daemon, its instances, its pools',
    response: status,
  },
  instance: {
    method: 'GET',
    path: '/v1/instances/{instance}',
    summary: 'One vrrp_instance',
    response: instance,
  },
  why: {
    method: 'GET',
    path: '/v1/instances/{instance}/why',
    summary: 'Why an instance is in its state, and what would change it',
    response: why,
  },
  handover: {
    method: 'POST',
    path: '/v1/instances/{instance}/handover',
    summary: 'Give the mastership up for maintenance, or take it back',
    body: handoverOrder,
    response: handoverAnswer,
  },
  server: {
    method: 'POST',
    path: '/v1/servers',
    summary: 'Drain, disable, weigh or enable a real server; kept until the daemon ends',
    body: serverOrder,
    response: serverAnswer,
  },
  events: {
    method: 'GET',
    path: '/v1/events',
    summary: 'The last events, and with follow=true what happens from now on, as lines of JSON',
    query: eventsQuery,
    response: event,
    stream: true,
  },
} as const satisfies Readonly<Record<string, Route>>;

export type RouteName = keyof typeof routes;
export type Answered<R extends RouteName> = z.output<(typeof routes)[R]['response']>;
