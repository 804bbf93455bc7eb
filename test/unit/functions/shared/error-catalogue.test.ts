import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as letterProblems from '../../../../functions/dead-letters/http/problems.ts';
import * as stockProblems from '../../../../functions/inventory/http/problems.ts';
import * as bookProblems from '../../../../functions/ledger/http/book-path.ts';
import * as ledgerProblems from '../../../../functions/ledger/http/day-path.ts';
import * as notificationProblems from '../../../../functions/notifications/http/problems.ts';
import * as orderProblems from '../../../../functions/orders/http/problems.ts';
import * as partnerProblems from '../../../../functions/partners/http/problems.ts';
import * as paymentProblems from '../../../../functions/payments/http/problems.ts';
import { ERRORS, type ErrorName } from '../../../../functions/published/errors.ts';
import { PROBLEMS } from '../../../../functions/published/problems.ts';
import * as taskProblems from '../../../../functions/recovery/http/problems.ts';
import type { ProblemType } from '../../../../functions/shared/http/problems.ts';
import * as sharedProblems from '../../../../functions/shared/http/problems.ts';
import { DEFECT } from '../../../../functions/shared/kernel/error-class.ts';
import {
  ConcurrencyConflict,
  classify,
  DependencyUnavailable,
  WaybillError,
} from '../../../../functions/shared/kernel/errors.ts';
import { InvalidStepInput, OrderNotFound } from '../../../../functions/shared/saga-step/errors.ts';
import * as shippingProblems from '../../../../functions/shipping/http/problems.ts';
import { FUNCTION_NAMES, sourceOf } from '../../../../lib/functions.ts';
import { SAGAS } from '../../../support/saga/definition.ts';

const tasks = SAGAS.flatMap(([, saga]) => [...saga.tasks]);

const functions = new URL('../../../../functions/', import.meta.url);
const page = readFileSync(new URL('../docs/errors.md', functions), 'utf8');
const sources = readdirSync(functions, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

type ErrorConstructor = new (about: string, more: readonly string[]) => WaybillError;
const isErrorClass = (value: unknown): value is ErrorConstructor =>
  typeof value === 'function' && value.prototype instanceof WaybillError;

/** One error of each class that is exported where errors belong. Every constructor takes these arguments. */
const modules = await Promise.all(
  sources
    .filter((path) => path.endsWith('/errors.ts'))
    .map(async (path) => (await import(new URL(path, functions).href)) as Readonly<Record<string, unknown>>),
);
const errors = modules
  .flatMap((exports) => Object.values(exports))
  .filter(isErrorClass)
  .map((ErrorClass) => new ErrorClass('0190f3a0-0000-7000-8000-000000000001', []));

/** The cells of the table in docs/errors.md whose header begins with `header`, without backticks. */
function table(header: string): string[][] {
  const lines = page.split('\n');
  const first = lines.findIndex((line) => line.startsWith(header)) + 2;
  const rows = lines.slice(
    first,
    lines.findIndex((line, index) => index >= first && !line.startsWith('|')),
  );
  return rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('The catalogue of errors', () => {
  test('has a row for every error class, and none besides', () => {
    expect(errors.length).toBeGreaterThan(10);
    expect(errors.map(({ name }) => name).sort()).toEqual(Object.keys(ERRORS).sort());
  });

  test('gives each error class the row of its own name', () => {
    for (const { name, errorClass } of errors) expect(errorClass).toBe(ERRORS[name as ErrorName]);
  });

  test('knows all error classes, because they stand in files that are named so', () => {
    const elsewhere = sources.filter(
      (path) =>
        !path.endsWith('/errors.ts') && /extends WaybillError\b/.test(readFileSync(new URL(path, functions), 'utf8')),
    );
    expect(elsewhere).toEqual([]);
  });

  test('is the table in docs/errors.md, row by row', () => {
    const rows = Object.entries({ ...ERRORS, 'anything else': DEFECT }).map(([name, { layer, category, strategy }]) => [
      name,
      layer,
      category,
      strategy,
    ]);
    expect(table('| error |').map((cells) => cells.slice(0, 4))).toEqual(rows);
    for (const cells of table('| error |')) expect(cells[4]!.length).toBeGreaterThan(5);
  });

  test('lets the state machine retry exactly what may succeed on a repeat', () => {
    const retried = new Set(
      tasks
        .flatMap(([, { Retry }]) => Retry.flatMap(({ ErrorEquals }) => ErrorEquals))
        .filter((name) => name in ERRORS),
    );
    const steps = new Set(
      tasks.flatMap(([, { Retry, Catch }]) => [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals)),
    );
    const repeatable = (Object.keys(ERRORS) as ErrorName[]).filter((name) =>
      ['retry-now', 'back-off'].includes(ERRORS[name].strategy),
    );
    expect(retried).toEqual(new Set(repeatable));
    for (const name of steps) {
      if (name in ERRORS && !retried.has(name)) {
        expect(['abandon', 'wait', 'customer', 'goods']).toContain(ERRORS[name as ErrorName].strategy);
      }
    }
  });

  test('lets the state machine retry it in every step that can meet it: lost races and silent services are everywhere', () => {
    for (const [name, { Retry }] of tasks) {
      if (name === 'ParkOrder') continue;
      expect(Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).toEqual(
        expect.arrayContaining(['ConcurrencyConflict', 'DependencyUnavailable']),
      );
    }
  });
});

describe('Every function', () => {
  const deployed = FUNCTION_NAMES.map((name): [string, string] => [name, readFileSync(sourceOf(name), 'utf8')]);
  /** Each begins with the classifier when something is thrown; `reported` is that part alone. */
  const MIDDLEWARE =
    /\b(endpoint|commandEndpoint|taskCommandEndpoint|bookTaskCommandEndpoint|letterCommandEndpoint|stockCommandEndpoint|byHandEndpoint|stepHandler|compensationHandler|eventConsumer|eventInStreamConsumer|queueConsumer|changedOrderConsumer|streamHandler|scheduledHandler|reported)[(<]/;

  test.each(deployed)('%s reads what is thrown with the classifier', (_, source) => {
    expect(source).toMatch(/^export const handler\b.* = (limited\(\s*)?(makeHandler|endpoint)\(/m);
    const isMadeElsewhere = /^import \{ makeHandler \} from '.\/[\w-]+.ts';$/m.test(source);
    expect(isMadeElsewhere || MIDDLEWARE.test(source)).toBe(true);
  });
});

describe('The classifier', () => {
  test.each([
    [new OrderNotFound('gone'), 'client', false],
    [new DependencyUnavailable('silent'), 'transient', true],
    [new ConcurrencyConflict('busy'), 'concurrency', true],
    [new InvalidStepInput('odd'), 'system', false],
  ])('reads %s from the catalogue', (error, category, retryable) => {
    expect(classify(error)).toBe(ERRORS[error.name as ErrorName]);
    expect(classify(error).category).toBe(category);
    expect(error.retryable).toBe(retryable);
  });

  test.each([
    [new TypeError('a defect')],
    [Object.assign(new Error('not ours'), { name: 'OrderNotFound' })],
    ['text'],
    [undefined],
  ])('takes %s for a defect: what is not ours is not known', (thrown) => {
    expect(classify(thrown)).toEqual({ layer: 'application', category: 'system', strategy: 'person' });
  });
});

describe('The catalogue of problems', () => {
  test('is the table in docs/errors.md, row by row', () => {
    expect(table('| type |')).toEqual(PROBLEMS.map(({ kind, status, title }) => [kind, String(status), title]));
  });

  test('says of each what a client does about it', () => {
    const types = [
      sharedProblems,
      orderProblems,
      partnerProblems,
      paymentProblems,
      stockProblems,
      bookProblems,
      ledgerProblems,
      taskProblems,
      letterProblems,
      notificationProblems,
      shippingProblems,
    ]
      .flatMap((all) => Object.values<object>(all))
      .filter((each): each is ProblemType => 'kind' in each);
    expect(PROBLEMS.map(({ kind }) => kind).sort()).toEqual(types.map(({ kind }) => kind).sort());
    for (const { meaning } of PROBLEMS) expect(meaning).toMatch(/^\S.{20,}\.$/);
  });
});
