import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { DUPLICATE_INSTANCE, INSTANCE_NOT_FOUND, PARTNER_NOT_FOUND } from '../problems.ts';

/** An instance that the examples register. Tests put another id in its place. */
export const INSTANCE = 'carrier-eu-2';

const instance = z
  .object({
    id: z.string().regex(routes.INSTANCE_ID),
    host: z.string(),
    port: z.int(),
    secure: z.boolean().describe('Whether it speaks HTTPS.'),
    metadata: z.record(z.string(), z.string()).describe('What the partner says about it, such as its `weight`.'),
    status: z.enum(['up', 'unknown', 'down']).describe('Calls go only to instances that are `up`.'),
    lastHeartbeat: timestamp.describe('The last sign of life; the registration before the first.'),
    latencyMs: z.int().min(0).optional().describe('How long the last answered health check took.'),
    load: z.int().min(0).optional().describe('Requests in progress there, as its last heartbeat said.'),
  })
  .meta({ id: 'PartnerInstance' });

const count = z.int().min(0);
const circuit = z
  .object({
    state: z.enum(['closed', 'open', 'half-open']),
    since: timestamp.optional().describe('Of the last change of the state.'),
    openUntil: timestamp.optional().describe('Before that, no call goes through.'),
    calls: z
      .object({ total: count, succeeded: count, failed: count, rejected: count })
      .describe('As far as functions have reported them: successes are reported together with the next failure.'),
  })
  .meta({ id: 'Circuit' });

export const partners = z
  .object({
    partners: z.array(
      z.object({
        name: z.string(),
        fallbackUrl: z.string().describe('The address that is called when no instance is up.'),
        circuit,
        waitingOrders: count.describe('Steps of orders that wait until the partner takes calls again.'),
        instances: z.array(instance),
      }),
    ),
  })
  .meta({ id: 'Partners' });

const partnerPath = z.object({ partner: z.string().regex(/^[a-z\d-]{1,64}$/) });
const instancePath = partnerPath.extend({ instanceId: z.string().regex(routes.INSTANCE_ID) });

const example = {
  id: INSTANCE,
  host: 'eu-2.carrier.example.com',
  port: 443,
  secure: true,
  metadata: { weight: '2' },
  lastHeartbeat: '2026-01-31T12:00:00.640Z',
} as const;
const PATH = { partner: 'carrier', instanceId: INSTANCE };

const listPartners: Contract = {
  ...routes.listPartners,
  tag: OPERATIONS,
  summary: 'List the partners and their instances',
  description:
    'The partners that the platform calls, with their circuits and the instances that calls are balanced over.',
  answers: {
    200: {
      description: 'The partners.',
      schema: partners,
    },
  },
  problems: [],
  examples: [
    {
      name: 'partners',
      summary: 'Two partners',
      answer: {
        status: 200,
        body: {
          partners: [
            {
              name: 'payment-gateway',
              fallbackUrl: 'https://gateway.example.com',
              circuit: { state: 'closed', calls: { total: 0, succeeded: 0, failed: 0, rejected: 0 } },
              waitingOrders: 0,
              instances: [],
            },
            {
              name: 'carrier',
              fallbackUrl: 'https://carrier.example.com',
              circuit: {
                state: 'open',
                since: '2026-01-31T12:00:00.640Z',
                openUntil: '2026-01-31T12:00:30.640Z',
                calls: { total: 112, succeeded: 100, failed: 5, rejected: 7 },
              },
              waitingOrders: 12,
              instances: [{ ...example, status: 'up', latencyMs: 12 }],
            },
          ],
        },
      },
    },
    {
      name: 'for-operators',
      summary: 'A customer as the caller',
      by: 'a customer',
      answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/partners'),
    },
  ],
};

const registerInstance: Contract = {
  ...routes.registerInstance,
  tag: OPERATIONS,
  summary: 'Register an instance of a partner',
  description:
    'The instance gets calls as soon as it has shown a sign of life: a heartbeat, or an answer to the health check, `GET /health`, that each instance gets every minute. It has to be secure when the partner’s own address is.',
  pathParameters: partnerPath,
  answers: { 201: { description: 'The instance.', schema: instance } },
  problems: [PARTNER_NOT_FOUND, DUPLICATE_INSTANCE, REQUEST_REFUSED],
  examples: [
    {
      name: 'instance',
      summary: 'An instance of the carrier',
      given: 'no instance',
      path: { partner: 'carrier' },
      body: { id: INSTANCE, host: example.host, port: 443, metadata: example.metadata },
      answer: { status: 201, body: { ...example, status: 'unknown' } },
    },
    {
      name: 'again',
      summary: 'An instance that is registered already',
      given: 'an instance',
      path: { partner: 'carrier' },
      body: { id: INSTANCE, host: example.host, port: 443 },
      answer: refused(
        DUPLICATE_INSTANCE,
        `The partner carrier has an instance ${INSTANCE} already.`,
        '/api/v1/partners/carrier/instances',
      ),
    },
    {
      name: 'unknown-partner',
      summary: 'A partner that there is not',
      given: 'no instance',
      path: { partner: 'florist' },
      body: { id: INSTANCE, host: example.host, port: 443 },
      answer: refused(PARTNER_NOT_FOUND, 'There is no partner florist.', '/api/v1/partners/florist/instances'),
    },
  ],
};

const receiveHeartbeat: Contract = {
  ...routes.receiveHeartbeat,
  tag: OPERATIONS,
  summary: 'Say that an instance lives',
  description:
    'The instance is `up` from now on. Without a heartbeat, the health check alone decides. `load` is for the balancing `least-loaded`.',
  pathParameters: instancePath,
  answers: { 200: { description: 'The instance.', schema: instance } },
  problems: [PARTNER_NOT_FOUND, INSTANCE_NOT_FOUND],
  examples: [
    {
      name: 'heartbeat',
      summary: 'An instance with three requests in progress',
      given: 'an instance',
      path: PATH,
      body: { load: 3 },
      answer: { status: 200, body: { ...example, status: 'up', load: 3 } },
    },
    {
      name: 'not-registered',
      summary: 'An instance that is not registered',
      given: 'no instance',
      path: PATH,
      body: {},
      answer: refused(
        INSTANCE_NOT_FOUND,
        `The partner carrier has no instance ${INSTANCE}.`,
        `/api/v1/partners/carrier/instances/${INSTANCE}/heartbeat`,
      ),
    },
  ],
};

const deregisterInstance: Contract = {
  ...routes.deregisterInstance,
  tag: OPERATIONS,
  summary: 'Deregister an instance of a partner',
  description:
    'The instance gets no further calls after a second. An instance deregisters before it shuts down, and then answers what is under way.',
  pathParameters: instancePath,
  answers: { 200: { description: 'The instance as it was.', schema: instance } },
  problems: [PARTNER_NOT_FOUND, INSTANCE_NOT_FOUND],
  examples: [
    {
      name: 'instance',
      summary: 'An instance that shuts down',
      given: 'an instance',
      path: PATH,
      answer: { status: 200, body: { ...example, status: 'unknown' } },
    },
    {
      name: 'not-registered',
      summary: 'An instance that is not registered',
      given: 'no instance',
      path: PATH,
      answer: refused(
        INSTANCE_NOT_FOUND,
        `The partner carrier has no instance ${INSTANCE}.`,
        `/api/v1/partners/carrier/instances/${INSTANCE}`,
      ),
    },
  ],
};

export const PARTNER_CONTRACTS: readonly Contract[] = [
  listPartners,
  registerInstance,
  receiveHeartbeat,
  deregisterInstance,
];
