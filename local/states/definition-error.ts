import { AwsError } from '../contracts.ts';
import type { Fields } from './fields.ts';

/** What is wrong in a definition, and where. */
export class DefinitionError extends AwsError {
  /** Such as `state Pay, Retry[0], Next`. */
  readonly where: string;
  readonly what: string;
  /** False for a text that is no JSON. */
  readonly isJson: boolean;

  constructor(where: string, what: string, isJson = true) {
    super('InvalidDefinition', `Invalid State Machine Definition: in ${where}: ${what}.`);
    this.where = where;
    this.what = what;
    this.isJson = isJson;
  }
}

export function mustHave(value: object, where: string, field: string): void {
  if (!Object.hasOwn(value, field)) throw refusal(`${where}, ${field}`, 'it is missing');
}

export const refusal = (where: string, what: string): DefinitionError => new DefinitionError(where, what);

/** Refuses fields that are not there, and values that a field cannot have. */
export function checkFields(value: object, where: string, fields: Fields): void {
  if (typeof value !== 'object' || value === null) {
    throw refusal(where, `it is ${JSON.stringify(value)}; expected an object`);
  }
  for (const [name, content] of Object.entries(value)) {
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!check) {
      throw refusal(
        `${where}, ${name}`,
        `there is no such field here, in JSONata; there is ${Object.keys(fields).join(', ')}`,
      );
    }
    const expected = check(content);
    if (expected) throw refusal(`${where}, ${name}`, `it is ${JSON.stringify(content)}; expected ${expected}`);
  }
}
