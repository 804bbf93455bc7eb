/** Reads the JSON of templates and requests. */
import type { Json, JsonObject } from './contracts.ts';

/** Text, a number or a truth value as text: templates write either. @throws TypeError for anything else */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`Expected text, got ${JSON.stringify(value) ?? 'nothing'}.`);
}

export const text = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : textOf(value);

/** CloudFormation takes numbers as text too. */
export const number = (value: Json | undefined): number | undefined =>
  value === undefined || value === null ? undefined : Number(value);

/** Seconds as milliseconds. */
export const seconds = (value: Json | undefined, preset: number): number => Number(value ?? preset) * 1_000;

export const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

/** Text of a request that is not empty. */
export const filledText = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The fields that have a value; those that are undefined are absent. The one way to pass an optional field on. */
export const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;

/** Fields that may be undefined as fields that may be absent; those that cannot be undefined stay as they are. */
type Present<Fields> = {
  [Field in keyof Fields as undefined extends Fields[Field] ? Field : never]?: Exclude<Fields[Field], undefined>;
} & { [Field in keyof Fields as undefined extends Fields[Field] ? never : Field]: Fields[Field] };
