/** The parameters of the gateway's requests, as docs.stripe.com/api has them; of those, the ones that a merchant of cards needs. */
import * as z from 'zod';
import { type Fields, fieldsOf } from './form.ts';
import { invalid } from './refusal.ts';

/** Minor units, more than zero. */
const amount = z
  .string()
  .regex(/^\d{1,15}$/, 'parameter_invalid_integer')
  .transform(Number)
  .refine((minor) => minor > 0, 'parameter_invalid_integer');
const text = z.string().min(1, 'parameter_invalid_empty').max(255);
/** docs.stripe.com/api/metadata: up to 50 keys. An empty value takes a key away. */
const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((all) => Object.keys(all).length <= 50, 'parameter_invalid_string')
  .optional();
const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
const list = (item: z.ZodType<string>) => z.record(z.string().regex(/^\d+$/), item);
const expand = list(text).optional();

export const creation = z.strictObject({
  amount,
  currency: z.string().regex(/^[a-z]{3}$/i),
  capture_method: z.literal('manual', 'This simulated gateway takes capture_method=manual.'),
  allowed_payment_method_types: list(z.literal('card')).optional(),
  payment_method: text.optional(),
  description: text.optional(),
  metadata,
  expand,
});
export const update = z.strictObject({
  amount: amount.optional(),
  payment_method: text.optional(),
  description: text.optional(),
  metadata,
  expand,
});
export const confirmation = z.strictObject({
  payment_method: text.optional(),
  return_url: z.url({ protocol: /^https?$/, error: 'url_invalid' }).optional(),
  off_session: flag.optional(),
  payment_method_options: z
    .strictObject({
      card: z.strictObject({ request_incremental_authorization: z.enum(['if_available', 'never']).optional() }),
    })
    .optional(),
  expand,
});
export const capturing = z.strictObject({ amount_to_capture: amount.optional(), metadata, expand });
export const raise = z.strictObject({ amount, description: text.optional(), metadata, expand });
export const cancelling = z.strictObject({
  cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  expand,
});
export const refunding = z.strictObject({
  payment_intent: text,
  amount: amount.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
  expand,
});
const page = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'parameter_invalid_integer')
    .default('10')
    .transform(Number),
  expand,
};
export const reading = z.strictObject({ expand });
export const refundPage = z.strictObject({ ...page, payment_intent: text, starting_after: text.optional() });
export const search = z.strictObject({ ...page, query: z.string().min(1) });

export type Confirmation = z.output<typeof confirmation>;
export type Creation = z.output<typeof creation>;
export type Update = z.output<typeof update>;
export type Refunding = z.output<typeof refunding>;

/** Which objects of an answer are to be shown instead of their ids. */
export type Expand = readonly string[];

/** @throws Refusal that names the first fault */
export function parameters<Schema extends z.ZodType>(schema: Schema, form: URLSearchParams): z.output<Schema> {
  const fields = fieldsOf(form);
  if (fields === undefined) throw invalid('Invalid parameter names.', 'parameter_unknown');
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw faultOf(issue!, fields);
}

export const expandOf = (asked: { readonly expand?: Readonly<Record<string, string>> | undefined }): Expand =>
  Object.values(asked.expand ?? {});

function faultOf(issue: z.core.$ZodIssue, fields: Fields) {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])].map(String);
  const param = path.slice(1).reduce((name, part) => `${name}[${part}]`, path[0] ?? '');
  if (unknown !== undefined) return invalid(`Received unknown parameter: ${param}`, 'parameter_unknown', param);
  const given = path.reduce<Fields | string | undefined>(
    (value, part) => (typeof value === 'object' ? value[part] : undefined),
    fields,
  );
  if (given === undefined) return invalid(`Missing required param: ${param}.`, 'parameter_missing', param);
  const [code] = /^\w+$/.exec(issue.message) ?? [];
  if (code === 'parameter_invalid_integer') return invalid(`Invalid integer: ${JSON.stringify(given)}`, code, param);
  return invalid(`Invalid ${param}: ${code ?? issue.message}`, code, param);
}
