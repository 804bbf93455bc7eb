/**
 * The settings that operators can change while the platform runs: one document, validated as a whole. Units are in the names.
 * See docs/decisions/0070-policies-are-one-document.md.
 */
import * as z from 'zod';
import { faultText } from '../http/fault-text.ts';
import { DEFAULT_LOCATION } from '../kernel/location.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { DEFAULT_POLICY } from '../rate-limit/policy.ts';
import { DAY_SECONDS, group, wholeNumber } from './fields.ts';
import { type Json, merged } from './merged.ts';
import { inventory, MOST_LOCATIONS, payments, promises, returns, shipping } from './order-settings.ts';

const transient = z
  .strictObject({
    attempts: wholeNumber(1, 10),
    firstDelayMs: wholeNumber(1, 10_000),
    maxDelayMs: wholeNumber(1, 10_000),
  })
  .refine(({ firstDelayMs, maxDelayMs }) => firstDelayMs <= maxDelayMs, {
    path: ['maxDelayMs'],
    message: 'It is shorter than firstDelayMs.',
  });
const concurrency = z.strictObject({ attempts: wholeNumber(1, 20) });
const connection = z.strictObject({ attempts: wholeNumber(1, 10), delayMs: wholeNumber(1, 10_000) });
const retry = { transient, concurrency, connection };

const failureRate = z.strictObject({
  percent: wholeNumber(1, 100),
  minimumCalls: wholeNumber(1, 100_000),
  windowSeconds: wholeNumber(1, 3_600),
});

const breaker = z.strictObject({
  consecutiveFailures: wholeNumber(1, 1_000),
  /** The circuit also opens by the share of failures; null: only by failures in a row. */
  failureRate: failureRate.readonly().nullable(),
  openSeconds: wholeNumber(1, 3_600),
  /** Calls that a half-open circuit lets through at the same time. */
  probes: wholeNumber(1, 100),
  successesToClose: wholeNumber(1, 100),
});

const bucket = group({ perSecond: wholeNumber(1, 999_999), burst: wholeNumber(1, 999_999) });

export const BALANCING = [
  'random',
  'round-robin',
  'weighted',
  'least-loaded',
  'consistent-hash',
  'health-adaptive',
] as const;

const partner = group({
  /** For one try, the whole answer included. */
  timeoutMs: wholeNumber(1, 10_000),
  balancing: z.enum(BALANCING),
  /** Calls that all function instances together make at most. Left out: no limit. */
  limit: bucket.optional(),
  /** Calls under way at the same time. Left out: as many as there are. */
  maxConcurrent: wholeNumber(1, 10_000).optional(),
  /** What differs from the settings of all partners. */
  breaker: breaker.extend({ failureRate: failureRate.partial().readonly().nullable() }).partial().readonly().optional(),
  retry: group({
    transient: z.strictObject(transient.shape).partial().readonly().optional(),
    connection: connection.partial().readonly().optional(),
  }).optional(),
});

/** Of a partner for which the document has no settings of its own. */
export const PARTNER_DEFAULTS: z.output<typeof partner> = { timeoutMs: 2_000, balancing: 'round-robin' };

/** Those that the platform calls. */
const partners: z.ZodType<Readonly<Record<string, z.output<typeof partner>>>> = group({
  'payment-gateway': partner,
  carrier: partner,
});

const ramp = z
  .strictObject({
    /** Orders that go on at once when a partner is back. */
    initial: wholeNumber(1, 1_000),
    /** By which each round is larger than the one before. */
    factor: z.number().min(1).max(10),
    maximum: wholeNumber(1, 10_000),
    intervalSeconds: wholeNumber(1, 300),
  })
  .refine(({ initial, maximum }) => initial <= maximum, { path: ['initial'], message: 'It is larger than maximum.' })
  .readonly();

const instances = z
  .strictObject({
    /** How old an instance's last sign of life, a heartbeat or an answered health check, is before nothing is known of it. */
    unknownAfterSeconds: wholeNumber(1, 3_599),
    /** The same, before it counts as down. */
    downAfterSeconds: wholeNumber(2, 3_600),
  })
  .refine(({ unknownAfterSeconds, downAfterSeconds }) => unknownAfterSeconds < downAfterSeconds, {
    path: ['downAfterSeconds'],
    message: 'It is not longer than unknownAfterSeconds.',
  })
  .readonly();

const recovery = z
  .strictObject({
    /** How long a payment may take to be authorised before the order is cancelled. */
    paymentWindowSeconds: wholeNumber(1, DAY_SECONDS),
    /** How long an order may take until its payment is captured. */
    checkoutLimitSeconds: wholeNumber(1, DAY_SECONDS),
    /** How long a compensation is tried before it becomes a person's task. */
    compensationLimitSeconds: wholeNumber(1, 7 * DAY_SECONDS),
    taskDueSeconds: wholeNumber(60, 30 * DAY_SECONDS),
    reminderSeconds: wholeNumber(60, 7 * DAY_SECONDS),
    ramp,
    /** How long a step waits after trouble of the platform's own services. */
    platformRetrySeconds: wholeNumber(1, 900),
    /** How long an order may make no progress before the sweeper looks at it. */
    sweepAfterSeconds: wholeNumber(60, DAY_SECONDS),
  })
  .refine(({ paymentWindowSeconds, checkoutLimitSeconds }) => paymentWindowSeconds <= checkoutLimitSeconds, {
    path: ['paymentWindowSeconds'],
    message: 'It is longer than checkoutLimitSeconds.',
  })
  .readonly();

const settings = z.strictObject({
  retry: group({
    transient: retry.transient.readonly(),
    concurrency: concurrency.readonly(),
    connection: connection.readonly(),
  }),
  breaker: breaker.readonly(),
  limiter: group({ callers: bucket }),
  cache: group({ configurationSeconds: wholeNumber(1, 3_600), circuitSeconds: wholeNumber(0, 60) }),
  monitoring: group({ logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']) }),
  partners,
  instances,
  inventory,
  payments,
  shipping,
  returns,
  promises,
  recovery,
});

export const configurationSchema = settings
  .refine(({ inventory: { locations } }) => Object.values(locations).some(({ active }) => active), {
    path: ['inventory', 'locations'],
    message: 'None of them is active; expected at least one.',
  })
  .refine(({ inventory: { locations } }) => Object.keys(locations).length <= MOST_LOCATIONS, {
    path: ['inventory', 'locations'],
    message: `There are more than ${MOST_LOCATIONS}.`,
  })
  .refine(
    ({ inventory: { reservationSeconds }, recovery: { checkoutLimitSeconds } }) =>
      reservationSeconds > checkoutLimitSeconds,
    {
      path: ['inventory', 'reservationSeconds'],
      message: 'It is not longer than recovery.checkoutLimitSeconds.',
    },
  )
  .refine(
    ({ inventory: { reservationSeconds }, payments: { payWithinSeconds } }) =>
      reservationSeconds > Math.max(...Object.values(payWithinSeconds)),
    {
      path: ['inventory', 'reservationSeconds'],
      message: 'It is not longer than each of payments.payWithinSeconds.',
    },
  )
  .readonly();

export type Configuration = z.output<typeof configurationSchema>;

export const DEFAULT_CONFIGURATION: Configuration = {
  retry: {
    transient: { attempts: 3, firstDelayMs: 100, maxDelayMs: 2_000 },
    concurrency: { attempts: 5 },
    connection: { attempts: 2, delayMs: 1_000 },
  },
  breaker: {
    consecutiveFailures: 5,
    failureRate: { percent: 60, minimumCalls: 20, windowSeconds: 60 },
    openSeconds: 30,
    probes: 2,
    successesToClose: 2,
  },
  limiter: { callers: DEFAULT_POLICY },
  cache: { configurationSeconds: 30, circuitSeconds: 1 },
  monitoring: { logLevel: 'INFO' },
  partners: { 'payment-gateway': PARTNER_DEFAULTS, carrier: PARTNER_DEFAULTS },
  instances: { unknownAfterSeconds: 50, downAfterSeconds: 170 },
  inventory: {
    reservationSeconds: 2 * DAY_SECONDS,
    safetyStock: 0,
    lowStockThreshold: null,
    whenShort: 'refuse',
    backorderDays: 14,
    locations: { [DEFAULT_LOCATION]: { priority: 100, active: true } },
    allocation: 'priority',
  },
  payments: { payWithinSeconds: { card: 900, alipay: 1_800, wechat_pay: 1_800, bank_transfer: 72_000 } },
  shipping: {
    unitsPerParcel: 1_000,
    service: 'standard',
    askAfterSeconds: DAY_SECONDS,
    quietSeconds: 7 * DAY_SECONDS,
  },
  returns: {
    windowDays: 30,
    sendWithinDays: 30,
    restockingFeeBasisPoints: { changed_mind: 0, does_not_fit: 0, other: 0 },
  },
  promises: { confirmWithinSeconds: DAY_SECONDS, shipWithinDays: 3, deliverWithinDays: 7 },
  recovery: {
    paymentWindowSeconds: 1_800,
    checkoutLimitSeconds: DAY_SECONDS,
    compensationLimitSeconds: 21_600,
    taskDueSeconds: 14_400,
    reminderSeconds: 3_600,
    ramp: { initial: 2, factor: 2, maximum: 50, intervalSeconds: 2 },
    platformRetrySeconds: 30,
    sweepAfterSeconds: 900,
  },
};

/** What is wrong with one setting. */
export interface SettingFault {
  /** Its path with dots, such as `breaker.openSeconds`. */
  readonly path: string;
  readonly detail: string;
}

/**
 * The configuration that results from settings: each layer has only the settings that differ from those before it, and the
 * defaults are the lowest. Refused with every fault.
 */
export function configurationOf(...layers: readonly Json[]): Result<Configuration, readonly SettingFault[]> {
  const parsed = configurationSchema.safeParse(layers.reduce(merged, DEFAULT_CONFIGURATION as Json), {
    error: faultText,
  });
  return parsed.success ? accept(parsed.data) : refuse(parsed.error.issues.flatMap(faultsIn));
}

function faultsIn(issue: z.core.$ZodIssue): SettingFault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), detail: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), detail: 'This setting is not known.' }));
}
