import { httpCheckRows, httpUrlRows, sslCheckRows, sslUrlRows } from '../keywords/http-checkers.ts';
import type { Checker, CheckPace, CheckTarget, HttpChecker, HttpUrl } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type PoolContext, reportRepair } from './pool-context.ts';
import { nodesOf, readValue } from './read.ts';

/** What every checker with a connection has. */
export interface HttpRequest {
  readonly target: CheckTarget;
  readonly pace: CheckPace;
}

/** `HTTP_GET`, unless it has no url to fetch. */
export const buildHttpChecker = (
  context: PoolContext,
  node: Node,
  request: HttpRequest,
): Checker | undefined => build(context, node, request, 'HTTP_GET');

/** `SSL_GET`, unless it has no url to fetch. */
export const buildSslChecker = (
  context: PoolContext,
  node: Node,
  request: HttpRequest,
): Checker | undefined => build(context, node, request, 'SSL_GET');

function build(
  context: PoolContext,
  node: Node,
  { target, pace }: HttpRequest,
  kind: HttpChecker['kind'],
): Checker | undefined {
  const rows = kind === 'HTTP_GET' ? httpCheckRows : sslCheckRows;
  const blocks = nodesOf(node, rows.url);
  const urls = blocks.flatMap((url) => urlOf(context, url, kind) ?? []);
  if (urls.length === 0) {
    if (blocks.length === 0) reportWithoutUrl(context, node, kind);
    return undefined;
  }
  const sniName = readValue(node, rows.sni_name);
  const enableSni = sniName !== undefined || (readValue(node, rows.enable_sni) ?? false);
  return {
    kind,
    target,
    pace,
    httpVersion: versionOf(readValue(node, rows.http_protocol)),
    // That of the real server and of the virtual server are asked for where a request is made: in the handshake
    // keepalived passes the real server's over.
    virtualhost: readValue(node, rows.virtualhost),
    enableSni,
    sniName: sniName === '' ? undefined : sniName,
    fastRecovery: readValue(node, rows.fast_recovery) ?? false,
    tlsCompliant: kind === 'SSL_GET' && (readValue(node, sslCheckRows.tls_compliant) ?? false),
    ...(kind === 'SSL_GET' && context.tlsClient !== undefined ? { tlsClient: context.tlsClient } : {}),
    urls,
  };
}

function versionOf(text: string | undefined): HttpChecker['httpVersion'] {
  return text === '1.0c' || text === '1.0C' || text === '1.1' ? text : '1.0';
}

function urlOf(context: PoolContext, node: Node, kind: HttpChecker['kind']): HttpUrl | undefined {
  const rows = kind === 'HTTP_GET' ? httpUrlRows : sslUrlRows;
  const path = readValue(node, rows.path);
  if (path === undefined) {
    if (!context.reporter.blame(context.node.subject, 'path', 'harmless')) reportWithoutPath(context, node);
    return undefined;
  }
  const tlsCompliant = kind === 'SSL_GET' ? readValue(node, sslUrlRows.tls_compliant) : undefined;
  const codes = nodesOf(node, rows.status_code).flatMap(
    ({ statement }) => rows.status_code.argument.read(statement).value ?? [],
  );
  return {
    path,
    virtualhost: readValue(node, rows.virtualhost),
    digest: readValue(node, rows.digest),
    statusCodes: codes.length === 0 ? [{ from: 200, to: 299 }] : codes,
    ...(tlsCompliant === undefined ? {} : { tlsCompliant }),
  };
}

const reportWithoutUrl = (context: PoolContext, node: Node, kind: string): void =>
  reportRepair(context, node, {
    code: 'checker-without-url',
    message: `this ${kind} has no url`,
    used: 'the checker is left out: the server counts as healthy',
    remedy: 'add: url { path / }',
    property: 'realServers',
  });

const reportWithoutPath = (context: PoolContext, node: Node): void =>
  reportRepair(context, node, {
    code: 'url-without-path',
    message: 'this url has no path',
    used: 'the url is left out',
    remedy: 'add a line: path /',
    property: 'realServers',
  });
