/** What of an order's events is about a person, and what stands in its place once that is erased. Pure. */
import { ERASED } from '../../shared/kernel/erased.ts';
import type { PERSONAL_DATA } from './events.ts';

type Json = Readonly<Record<string, unknown>>;
type Erasing = (value: unknown) => unknown;

const text: Erasing = () => ERASED;

/** The country stays: what was sold where is the shop's. Until 0.2.0 it could be any text. */
const address: Erasing = (value) => {
  const { country } = value as Json;
  return { name: ERASED, street: ERASED, country: /^[A-Z]{2}$/.test(String(country)) ? country : ERASED };
};

/** Every text but the kind: what a channel handed out for the customer alone. */
const action: Erasing = (value) => {
  if (typeof value === 'string') return ERASED;
  if (Array.isArray(value)) return value.map(action);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'type' ? inner : action(inner)]),
  );
};

/** By the name of the field, at any depth: all that is not published, and what of a payment leads to a person. */
const ERASING: Readonly<
  Record<(typeof PERSONAL_DATA)[number], Erasing> & Record<'token' | 'customerIp' | 'openId', Erasing>
> = {
  customer: () => ({ name: ERASED }),
  shippingAddress: address,
  comment: text,
  evidence: text,
  requestHash: text,
  action,
  // As of a payer whom the bank does not name: nothing is paid out to them.
  debtor: () => ({ name: '', iban: '' }),
  labelUrl: text,
  token: text,
  customerIp: text,
  openId: text,
};

/**
 * The data of an event without the person, in the same shape: what reads, folds and counts events finds what it expects.
 * @param data as it is stored, in whatever version of its schema
 */
export function withoutPerson<Part>(data: Part): Part {
  if (Array.isArray(data)) return data.map(withoutPerson) as Part;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      Object.hasOwn(ERASING, name) ? ERASING[name as keyof typeof ERASING](value) : withoutPerson(value),
    ]),
  ) as Part;
}

/** What only the platform and the channels need: it lets one pay, or is a digest. */
const WITHHELD: readonly string[] = ['token', 'action', 'requestHash'];

/** The data of an event as the person may have it: everything but what one pays with. */
export function forPerson(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(forPerson);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (WITHHELD.includes(name) ? [] : [[name, forPerson(value)]])),
  );
}
