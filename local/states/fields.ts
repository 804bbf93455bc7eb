import type { State } from './definition.ts';
import { isExpression } from './expressions.ts';

/** Says what is expected, when a value is something else. */
export type Check = (value: unknown) => string | undefined;
export type Fields = Readonly<Record<string, Check>>;

const that =
  (holds: (value: unknown) => boolean, expected: string): Check =>
  (value) =>
    holds(value) ? undefined : expected;
const anything: Check = () => undefined;
const text = that((value) => typeof value === 'string' && value !== '', 'a text');
const flag = that((value) => typeof value === 'boolean', 'true or false');
const array = that(Array.isArray, 'an array');
const list = that((value) => Array.isArray(value) && value.length > 0, 'a list with at least one entry');
const object = that((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an object');
const oneOf = (...values: string[]) => that((value) => values.includes(value as string), values.join(' or '));
const wholeNumber = (least: number) =>
  that((value) => Number.isInteger(value) && (value as number) >= least, `a whole number from ${least}`);
const number = (least: number, most = Number.POSITIVE_INFINITY) =>
  that(
    (value) => typeof value === 'number' && value >= least && value <= most,
    `a number from ${least}${most === Number.POSITIVE_INFINITY ? '' : ` to ${most}`}`,
  );
const orExpression =
  (check: Check): Check =>
  (value) =>
    isExpression(value) ? undefined : check(value) && `${check(value)}, or an expression`;

const ROLE = /^arn:[^:]+:iam::\d{12}:role\/.+$/;
const VARIABLE = /^[\p{ID_Start}_]\p{ID_Continue}{0,79}$/u;
const assignments: Check = (value) => {
  const wrong = object(value);
  if (wrong) return wrong;
  const bad = Object.keys(value as object).find((name) => !VARIABLE.test(name) || name === 'states');
  return bad === undefined ? undefined : `names of variables, which ${JSON.stringify(bad)} cannot be`;
};

const credentials = that((value) => {
  const { RoleArn, ...rest } = (value ?? {}) as { readonly RoleArn?: unknown };
  return Object.keys(rest).length === 0 && (isExpression(RoleArn) || ROLE.test(String(RoleArn)));
}, 'an object with RoleArn alone, the ARN of a role or an expression');
const LABEL = /^[^\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]{1,40}$/u;
const label = that(
  (value) => typeof value === 'string' && LABEL.test(value),
  'up to 40 characters without white space, wildcards, brackets, control characters and :;,\\|^~$#%&`"',
);

const leaving: Fields = { Assign: assignments, Output: anything };
const flowing: Fields = { ...leaving, Next: text, End: flag };
const fallible: Fields = { ...flowing, Retry: array, Catch: array };

/** Fields that every state may have. */
export const COMMON: Fields = { Type: anything, Comment: text, QueryLanguage: oneOf('JSONata') };

/** Fields that each type of state may have beside those. */
export const FIELDS: Readonly<Record<State['Type'], Fields>> = {
  Task: {
    ...fallible,
    Resource: text,
    Arguments: anything,
    Credentials: credentials,
    TimeoutSeconds: orExpression(wholeNumber(1)),
    HeartbeatSeconds: orExpression(wholeNumber(1)),
  },
  Parallel: { ...fallible, Branches: list, Arguments: anything },
  Map: {
    ...fallible,
    Items: orExpression(array),
    ItemSelector: anything,
    ItemProcessor: object,
    MaxConcurrency: orExpression(wholeNumber(0)),
    ToleratedFailureCount: orExpression(wholeNumber(0)),
    ToleratedFailurePercentage: orExpression(number(0, 100)),
    Label: label,
    ItemReader: object,
    ItemBatcher: object,
    ResultWriter: object,
  },
  Choice: { ...leaving, Choices: list, Default: text },
  Wait: { ...flowing, Seconds: orExpression(wholeNumber(0)), Timestamp: text },
  Pass: flowing,
  Succeed: { Output: anything },
  Fail: { Error: text, Cause: text },
};

/** The field that a state of this type must have. */
export const REQUIRED: Readonly<Partial<Record<State['Type'], string>>> = {
  Task: 'Resource',
  Parallel: 'Branches',
  Map: 'ItemProcessor',
  Choice: 'Choices',
};

const errorList = that(
  (value) => Array.isArray(value) && value.length > 0 && value.every((name) => text(name) === undefined),
  'a list of error names',
);

/** Fields of the entries of Choices, Retry and Catch. */
export const CLAUSES = {
  Choices: { ...leaving, Condition: orExpression(flag), Next: text, Comment: text },
  Retry: {
    ErrorEquals: errorList,
    IntervalSeconds: wholeNumber(1),
    MaxAttempts: wholeNumber(0),
    BackoffRate: number(1),
    MaxDelaySeconds: wholeNumber(1),
    JitterStrategy: oneOf('FULL', 'NONE'),
    Comment: text,
  },
  Catch: { ...leaving, ErrorEquals: errorList, Next: text, Comment: text },
} as const satisfies Readonly<Record<string, Fields>>;

/** Fields of a whole machine, of a branch of Parallel, and of the item processor of Map. */
export const MACHINE: Fields = { StartAt: text, States: object, Comment: anything, QueryLanguage: oneOf('JSONata') };
export const TOP_LEVEL: Fields = { ...MACHINE, Version: text, TimeoutSeconds: wholeNumber(1) };
export const ITEM_PROCESSOR: Fields = { ...MACHINE, ProcessorConfig: object };

/** Fields of what only a distributed Map has. */
export const PROCESSOR_CONFIG: Fields = {
  Mode: oneOf('INLINE', 'DISTRIBUTED'),
  ExecutionType: oneOf('STANDARD', 'EXPRESS'),
};
export const ITEM_READER: Fields = {
  Resource: oneOf('arn:aws:states:::s3:getObject', 'arn:aws:states:::s3:listObjectsV2'),
  Arguments: orExpression(object),
  ReaderConfig: object,
};
export const READER_CONFIG: Fields = {
  InputType: oneOf('JSON', 'JSONL', 'CSV'),
  CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
  CSVHeaders: list,
  CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
  MaxItems: orExpression(wholeNumber(0)),
  ItemsPointer: text,
};
export const ITEM_BATCHER: Fields = {
  MaxItemsPerBatch: orExpression(wholeNumber(1)),
  MaxInputBytesPerBatch: orExpression(wholeNumber(1)),
  BatchInput: orExpression(object),
};
export const RESULT_WRITER: Fields = {
  Resource: oneOf('arn:aws:states:::s3:putObject'),
  Arguments: orExpression(object),
  WriterConfig: object,
};
export const WRITER_CONFIG: Fields = {
  Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
  OutputType: oneOf('JSON', 'JSONL'),
};
