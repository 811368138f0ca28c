import * as z from 'zod';
import {
  configuration,
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
export const routes = [
  {
    name: 'status',
    method: 'GET',
    path: '/v1/status',
    summary: 'Everything at a glance: the daemon, its instances, its pools',
    response: status,
  },
  {
    name: 'configuration',
    method: 'GET',
    path: '/v1/configuration',
    summary: 'The configuration in force, without its passwords',
    response: configuration,
  },
  {
    name: 'instance',
    method: 'GET',
    path: '/v1/instances/{instance}',
    summary: 'One vrrp_instance',
    response: instance,
  },
  {
    name: 'why',
    method: 'GET',
    path: '/v1/instances/{instance}/why',
    summary: 'Why an instance is in its state, and what would change it',
    response: why,
  },
  {
    name: 'handover',
    method: 'POST',
    path: '/v1/instances/{instance}/handover',
    summary: 'Give the mastership up for maintenance, or take it back',
    body: handoverOrder,
    response: handoverAnswer,
  },
  {
    name: 'server',
    method: 'POST',
    path: '/v1/servers',
    summary: 'Drain, disable, weigh or enable a real server; kept until the daemon ends',
    body: serverOrder,
    response: serverAnswer,
  },
  {
    name: 'events',
    method: 'GET',
    path: '/v1/events',
    summary: 'The last events, and with follow=true what happens from now on, as lines of JSON',
    query: eventsQuery,
    response: event,
    stream: true,
  },
  {
    name: 'openapi',
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This document: every request with its schemas',
    response: z.looseObject({ openapi: z.string() }),
  },
] as const satisfies readonly (Route & { readonly name: string })[];

export type RouteName = (typeof routes)[number]['name'];
