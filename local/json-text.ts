import type { Json } from './contracts.ts';

/** Text, a number or a truth value as text: templates write either. @throws Error for anything else */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`Expected text, got ${JSON.stringify(value) ?? 'nothing'}.`);
}
