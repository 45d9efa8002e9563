/** The HTTPS side of the authority: reads a request, deals it a fault, has it answered, writes it down. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type Answer, answerWithFault, type Fault, type FaultPlan, followTcpConnections } from '../faults.ts';
import { EntraRefusal, entraError } from './entra-error.ts';
import { type EntraRequest, faultNames, readEntraRequest } from './entra-request.ts';
import { jsonAnswer } from './json-answer.ts';
import type { RateLimit } from './rate-limit.ts';
import type { LoggedRequest } from './request-log.ts';

export interface ListenerParts {
  readonly certificate: { readonly key: string; readonly cert: string };
  readonly faults: FaultPlan;
  readonly rateLimit: RateLimit;
  readonly log: (entry: LoggedRequest) => void;
  readonly answer: (request: EntraRequest) => Answer | Promise<Answer>;
}

export function createHttpsListener(parts: ListenerParts): Server {
  const server = createServer(parts.certificate, (message, response) => {
    serve(message, response, parts).catch((error: unknown) => {
      // A client that went away in the middle of its request is no mistake of the sandbox's; anything else is.
      if (message.complete) response.destroy(error instanceof Error ? error : undefined);
    });
  });
  followTcpConnections(server);
  return server;
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  parts: ListenerParts,
): Promise<void> {
  const request = await readEntraRequest(message);
  const fault = parts.faults.take({
    method: request.method,
    path: message.url ?? '/',
    host: request.host,
    body: request.body,
    names: faultNames(request),
  });
  const entry = describe(request, fault);
  parts.log(entry);
  const traceId = randomUUID();
  response.setHeader('x-ms-request-id', traceId);
  // Node's own takes no notice of a clock that a test or the demo has set.
  response.setHeader('date', new Date().toUTCString());
  if (request.correlationId !== undefined) response.setHeader('client-request-id', request.correlationId);
  await answerWithFault(fault, response, async () => {
    const started = performance.now();
    const answer = await answerOrRefuse(request, traceId, parts);
    entry.status = answer.status;
    entry.error = oauthError(answer);
    entry.milliseconds = performance.now() - started;
    return answer;
  });
  if (fault?.kind === 'respond') entry.status = fault.status;
}

async function answerOrRefuse(request: EntraRequest, traceId: string, parts: ListenerParts): Promise<Answer> {
  const ids = {
    traceId,
    ...(request.correlationId === undefined ? {} : { correlationId: request.correlationId }),
  };
  if (parts.rateLimit.isExceeded()) return entraError(90055, { ...ids, headers: { 'retry-after': '1' } });
  try {
    return await parts.answer(request);
  } catch (error) {
    if (error instanceof EntraRefusal) return entraError(error.code, { ...ids, ...error.details });
    return jsonAnswer(500, { error: 'server_error', error_description: `Sandbox: ${error}` });
  }
}

function describe(request: EntraRequest, fault: Fault | undefined) {
  const { parameters, method, host, path, endpoint, tenant, grantType, correlationId } = request;
  const parameter = (name: string) => parameters.get(name) ?? undefined;
  return {
    time: Date.now(),
    method,
    host,
    path,
    endpoint,
    tenant,
    grantType,
    clientId: parameter('client_id'),
    scope: parameter('scope'),
    claims: parameter('claims'),
    correlationId,
    fault: fault?.kind,
    status: undefined as number | undefined,
    error: undefined as string | undefined,
    milliseconds: undefined as number | undefined,
  };
}

function oauthError({ status, body }: Answer): string | undefined {
  if (status < 400 || typeof body !== 'string' || body === '') return undefined;
  const { error } = JSON.parse(body) as { error?: unknown };
  return typeof error === 'string' ? error : undefined;
}
