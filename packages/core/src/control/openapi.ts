import * as z from 'zod';
import { version } from '../version.ts';
import { refusal } from './api/index.ts';
import type { Route } from './http/route.ts';

/** The OpenAPI 3.1 document of the routes, made from their schemas. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operation(route);
    paths[route.path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast control API',
      version,
      description:
        'Spoken over a unix socket, for root and the group holdfast. /v1 changes by additions only.',
    },
    paths,
  };
}

function operation({ summary, path, query, body, response, stream }: Route): object {
  const type = stream === true ? 'application/x-ndjson' : 'application/json';
  const parameters = [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))];
  return {
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body, 'input') } }),
    responses: {
      '200': { description: 'Done', content: content(type, response, 'output') },
      default: { description: 'Refused', content: json(refusal, 'output') },
    },
  };
}

const pathParameters = (path: string): readonly object[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(query: z.ZodType): readonly object[] {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

const json = (schema: z.ZodType, io: 'input' | 'output'): object => content('application/json', schema, io);

const content = (type: string, schema: z.ZodType, io: 'input' | 'output'): object => ({
  [type]: { schema: z.toJSONSchema(schema, { io }) },
});
