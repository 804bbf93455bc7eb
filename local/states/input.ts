import { AwsError, type Json, type JsonObject } from '../contracts.ts';

/** Fields of requests, each with the refusal of Step Functions. */

// eslint-disable-next-line no-control-regex -- AWS forbids them by name
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;
const MAX_INPUT_BYTES = 256 * 1024;
const PRESET_PAGE = 100;
const MAX_PAGE = 1_000;

export const invalid = (field: string, value: Json | undefined, expected: string): AwsError =>
  new AwsError('ValidationException', `${field} is ${JSON.stringify(value ?? null)}; expected ${expected}.`);

export function text(input: JsonObject, field: string): string {
  const value = input[field];
  if (typeof value !== 'string' || value === '') throw invalid(field, value, 'a text');
  return value;
}

export const optionalText = (input: JsonObject, field: string): string | undefined =>
  input[field] === undefined || input[field] === null ? undefined : text(input, field);

/** One of these texts, or undefined when the field is absent. */
export function optionalChoice<Value extends string>(
  input: JsonObject,
  field: string,
  values: readonly Value[],
): Value | undefined {
  const value = optionalText(input, field);
  if (value !== undefined && !values.includes(value as Value)) throw invalid(field, value, values.join(', '));
  return value as Value | undefined;
}

/** @throws AwsError `InvalidName` */
export function checkName(name: string): string {
  if (!NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

/** @throws AwsError `InvalidExecutionInput` */
export function checkInput(input: string): void {
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) {
    throw new AwsError('InvalidExecutionInput', `The input has more than ${MAX_INPUT_BYTES} bytes.`);
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

/** As on AWS, 0 asks for the preset size. */
export function pageSize({ maxResults = null }: JsonObject, most = MAX_PAGE): number {
  if (maxResults === null || maxResults === 0) return PRESET_PAGE;
  if (typeof maxResults !== 'number' || !Number.isInteger(maxResults) || maxResults < 0 || maxResults > most) {
    throw invalid('maxResults', maxResults, `a whole number from 0 to ${most}`);
  }
  return maxResults;
}

export const badToken = (token: string): AwsError => new AwsError('InvalidToken', `Invalid Token: '${token}'`);

/** The ARN of a state machine, a version or an alias. @throws AwsError `InvalidArn` */
export function machineArn(input: JsonObject, field = 'stateMachineArn'): string {
  return arn(input, field, /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:.+$/);
}

/** @throws AwsError `InvalidArn`, also for an execution of an express state machine: they are kept for map runs only */
export function executionArn(input: JsonObject): string {
  return arn(input, 'executionArn', /^arn:[^:]+:states:[^:]+:\d{12}:(execution:.+|express:[^:/]+\/.+)$/);
}

/** @throws AwsError `InvalidArn` */
export function mapRunArn(input: JsonObject): string {
  return arn(input, 'mapRunArn', /^arn:[^:]+:states:[^:]+:\d{12}:mapRun:.+$/);
}

function arn(input: JsonObject, field: string, form: RegExp): string {
  const value = text(input, field);
  if (!form.test(value)) throw new AwsError('InvalidArn', `Invalid Arn: '${value}'`);
  return value;
}

/** A page of rows, of which one more than the page holds was read. */
export const pageOf = <Row>(
  rows: readonly Row[],
  limit: number,
  tokenOf: (last: Row) => string,
): { readonly page: Row[]; readonly next: { readonly nextToken?: string } } => {
  const page = rows.slice(0, limit);
  return { page, next: rows.length > limit ? { nextToken: tokenOf(page.at(-1)!) } : {} };
};
