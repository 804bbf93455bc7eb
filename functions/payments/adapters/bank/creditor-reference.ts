/** Creditor references (ISO 11649): what a customer quotes, with check digits that find a mistyped one. */
import { createHash } from 'node:crypto';
import type { OrderId } from '../../../shared/kernel/ids.ts';

const LENGTH = 16;
const IN_TEXT = /RF\d{2}[A-Z0-9]{1,21}/g;

/** The reference of an order, always the same. It does not show the order's id. */
export function referenceOf(orderId: OrderId): string {
  const digest = BigInt(`0x${createHash('sha256').update(orderId).digest('hex')}`);
  const body = (digest % 36n ** BigInt(LENGTH)).toString(36).toUpperCase().padStart(LENGTH, '0');
  return `RF${String(98n - remainder(body, '00')).padStart(2, '0')}${body}`;
}

/** The references in a text of a payer, who may have put spaces and words around one; those with wrong check digits are left out. */
export function referencesIn(text: string): readonly string[] {
  const written = text.toUpperCase();
  const candidates = [...(written.replace(/[^A-Z0-9]/g, '').match(IN_TEXT) ?? []), ...written.split(/[^A-Z0-9]+/)];
  // A word that follows the reference would be taken for a part of it.
  const ours = candidates.map((candidate) => candidate.slice(0, 4 + LENGTH));
  return [...new Set(ours)].filter(isReference);
}

/** ISO 11649, 4: with the head at its end and letters as numbers (A is 10), it is 1 modulo 97. */
export const isReference = (text: string): boolean =>
  /^RF\d{2}[A-Z0-9]{1,21}$/.test(text) && remainder(text.slice(4), text.slice(2, 4)) === 1n;

const remainder = (body: string, check: string): bigint =>
  BigInt([...`${body}RF${check}`].map((sign) => String(Number.parseInt(sign, 36))).join('')) % 97n;
