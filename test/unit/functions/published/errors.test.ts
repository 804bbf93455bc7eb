import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UnbalancedEntry } from '../../../../functions/ledger/domain/errors.ts';
import { ERRORS } from '../../../../functions/published/errors.ts';
import { WaybillError } from '../../../../functions/shared/kernel/errors.ts';

const functions = new URL('../../../../functions/', import.meta.url);
const ABOUT = '0190f3a0-0000-7000-8000-000000000001';

type ErrorConstructor = new (about: string, more: readonly string[]) => WaybillError;
const isErrorClass = (value: unknown): value is ErrorConstructor =>
  typeof value === 'function' && value.prototype instanceof WaybillError;
/** It is told of an event, and its own test looks at it. */
const OF_EVENTS: readonly unknown[] = [UnbalancedEntry];

const modules = await Promise.all(
  globSync('*/domain/errors.ts', { cwd: functions.pathname }).map(
    async (path) => (await import(new URL(path, functions).href)) as Readonly<Record<string, unknown>>,
  ),
);
/** One of each class that the contexts throw. Every constructor takes these arguments. */
const errors = modules
  .flatMap((exports) => Object.values(exports))
  .filter(isErrorClass)
  .filter((ErrorClass) => !OF_EVENTS.includes(ErrorClass))
  .map((ErrorClass): [string, WaybillError] => {
    const error = new ErrorClass(ABOUT, [ABOUT]);
    return [error.name, error];
  });

test.each(errors)(
  '%s has the row of its name, and says in words and gives the log what it is about',
  (name, { errorClass, message, data }) => {
    expect(ERRORS).toHaveProperty(name, errorClass);
    expect(message).toMatch(/ .*\.$/s);
    expect(JSON.stringify(data)).toContain(ABOUT);
  },
);
