import type { EndpointAnswer, EndpointRequest } from '../contracts.ts';
import { headerOf } from '../request-header.ts';

/** Clients of services with AWS's older protocol send a form, and read XML alone. */
export const isQueryRequest = (request: EndpointRequest): boolean =>
  request.method === 'POST' &&
  (headerOf(request, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded');

/** No service here has that protocol: names what was asked for, in a form that the client can read. */
export function queryRefusal(request: EndpointRequest, requestId: string): EndpointAnswer {
  const action = new URLSearchParams(request.body).get('Action') ?? 'without a name';
  // `Credential=<key>/<day>/<region>/<service>/aws4_request`
  const [, service = 'a service'] =
    /Credential=[^/]+\/[^/]+\/[^/]+\/([\w-]+)\//.exec(headerOf(request, 'authorization') ?? '') ?? [];
  const message = `The runtime has no operation ${action} of ${service} for clients: it has no service with this protocol.`;
  return {
    status: 400,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
