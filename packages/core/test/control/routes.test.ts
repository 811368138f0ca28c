import { expect, test } from 'vitest';
import { handoverOrder, refusal, serverOrder } from '../../src/control/api/index.ts';
import { findRoute, read } from '../../src/control/http/route.ts';
import { openApi } from '../../src/control/openapi.ts';
import { routes } from '../../src/control/routes.ts';

const all = routes;
const parsed = (body: Buffer): unknown => JSON.parse(body.toString());

test.each([
  ['GET', '/v1/status', '/v1/status', []],
  ['GET', '/v1/configuration', '/v1/configuration', []],
  ['GET', '/v1/instances/VI_1', '/v1/instances/{instance}', ['VI_1']],
  ['GET', '/v1/instances/a%20b%2Fc/why', '/v1/instances/{instance}/why', ['a b/c']],
  ['POST', '/v1/servers', '/v1/servers', []],
])('%s %s is found', (method, path, route, parameters) => {
  expect(findRoute(all, method, path)).toMatchObject({ route: { path: route }, parameters });
});

test.each([
  ['GET', '/', 404, 'not-found'],
  ['GET', '/v1/instances/', 404, 'not-found'],
  ['GET', '/v1/instances/%ff/why', 404, 'not-found'],
  ['GET', '/v1/status/', 404, 'not-found'],
  ['POST', '/v1/status', 405, 'method-not-allowed'],
  ['DELETE', '/v1/instances/VI_1/handover', 405, 'method-not-allowed'],
])('%s %s is refused with %i', (method, path, status, code) => {
  const answer = findRoute(all, method, path);
  expect(answer).toMatchObject({ status });
  const body = 'body' in answer ? refusal.parse(parsed(answer.body)) : undefined;
  expect(body?.error.code).toBe(code);
  expect(body?.error.remedy).not.toBe('');
});

test.each([
  [serverOrder, { virtualServer: 'a', realServer: 'b', action: 'drain' }, true],
  [serverOrder, { virtualServer: 'a', realServer: 'b', action: 'weight', weight: 0 }, true],
  [serverOrder, { virtualServer: 'a', realServer: 'b', action: 'weight', weight: 2147483648 }, false],
  [serverOrder, { virtualServer: 'a', realServer: 'b', action: 'weight' }, false],
  [serverOrder, { virtualServer: 'a', realServer: 'b', action: 'drain', weight: 1 }, false],
  [serverOrder, { virtualServer: '', realServer: 'b', action: 'drain' }, false],
  [serverOrder, [], false],
  [handoverOrder, { on: true }, true],
  [handoverOrder, { on: 'yes' }, false],
  [handoverOrder, {}, false],
  [handoverOrder, null, false],
])('an order %# is understood or refused', (schema, order, isGood) => {
  const answer = read<unknown>(schema, order, 'body');
  expect('value' in answer).toBe(isGood);
  if ('status' in answer) expect(answer.status).toBe(400);
});

test('a refusal does not repeat all of a huge mistake', () => {
  const keys = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`wrong-key-number-${n}`, n]));
  const answer = read(handoverOrder, { on: true, ...keys }, 'body');
  expect('body' in answer ? answer.body.length : 0).toBeLessThan(2000);
});

test('the OpenAPI document describes every route', () => {
  const document = openApi(all);
  const text = JSON.stringify(document);
  expect(document).toMatchObject({ openapi: '3.1.0' });
  for (const { path, method } of all) {
    expect(document).toHaveProperty(['paths', path, method.toLowerCase(), 'responses', '200']);
  }
  expect(document).toHaveProperty(['paths', '/v1/servers', 'post', 'requestBody', 'required'], true);
  expect(text).toContain('"name":"instance","in":"path","required":true');
  expect(text).toContain('"name":"follow","in":"query","required":false');
});
