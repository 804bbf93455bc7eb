import * as z from 'zod';
import { noSuchForm } from '../shared/http/fault-text.ts';
import type { Route } from '../shared/http/route.ts';
import { singleLine } from '../shared/http/text.ts';
import { addressOf } from '../shared/kernel/base-url.ts';

/** The form of an instance's id, which is part of paths: no `.` and no `..`, which clients take out of them. */
export const INSTANCE_ID = /^[\w-][\w.-]{0,63}$/;

const weight = /^\d+(\.\d+)?$/;

/** What the partner says about an instance. */
const metadata = z
  .record(
    z.string().regex(/^[\w.-]{1,64}$/, { error: noSuchForm('1 to 64 letters, digits, dots, dashes or underscores') }),
    singleLine(256),
  )
  .refine((all) => Object.keys(all).length <= 20, 'It has more than 20 fields; expected at most 20.')
  .refine(({ weight: given }) => given === undefined || weight.test(given), {
    path: ['weight'],
    message: 'It is no weight; expected a number from 0 on, such as 2.5.',
  });

/** A host name or an IP address, as the addresses of calls will have it. */
const host = z
  .string()
  .regex(/^[A-Za-z0-9:]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/, {
    abort: true,
    error: noSuchForm('a host name or an IP address'),
  })
  .refine(
    (text) => URL.canParse(addressOf({ host: text, port: 1, secure: true })),
    'It is no address; expected a host name or an IP address.',
  );

const newInstance = z.strictObject({
  id: z
    .string()
    .regex(INSTANCE_ID, { error: noSuchForm('1 to 64 letters, digits, dots, dashes or underscores, no dot first') }),
  host,
  port: z.int().min(1).max(65_535),
  secure: z.boolean().default(true),
  metadata: metadata.default({}),
});

export const listPartners = {
  operationId: 'listPartners',
  method: 'GET',
  path: '/partners',
  function: 'partners/list-partners',
  callers: { operators: 'partners:read' },
} as const satisfies Route<'partners'>;

export const registerInstance = {
  operationId: 'registerInstance',
  method: 'POST',
  path: '/partners/{partner}/instances',
  function: 'partners/register-instance',
  callers: { operators: 'partners:register', narrowedBy: 'partner' },
  body: newInstance,
} as const satisfies Route<'partners'>;

export const receiveHeartbeat = {
  operationId: 'receiveHeartbeat',
  method: 'PUT',
  path: '/partners/{partner}/instances/{instanceId}/heartbeat',
  function: 'partners/receive-heartbeat',
  callers: { operators: 'partners:register', narrowedBy: 'partner' },
  body: z.strictObject({ load: z.int().min(0).exactOptional() }),
} as const satisfies Route<'partners'>;

export const deregisterInstance = {
  operationId: 'deregisterInstance',
  method: 'DELETE',
  path: '/partners/{partner}/instances/{instanceId}',
  function: 'partners/deregister-instance',
  callers: { operators: 'partners:register', narrowedBy: 'partner' },
} as const satisfies Route<'partners'>;

export const PARTNER_ROUTES = [
  listPartners,
  registerInstance,
  receiveHeartbeat,
  deregisterInstance,
] as const satisfies readonly Route<'partners'>[];
