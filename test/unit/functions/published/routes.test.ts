import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONSOLE_PATH } from '../../../../functions/console/routes.ts';
import { CONTRACTS } from '../../../../functions/published/contracts.ts';
import { ROUTES } from '../../../../functions/published/routes.ts';

const FUNCTIONS = path.resolve(import.meta.dirname, '../../../../functions');

describe('The routes', () => {
  test.each(ROUTES.map((route) => route.function))('lead to a function that there is: %s', (name) => {
    expect(existsSync(path.join(FUNCTIONS, `${name}.ts`))).toBe(true);
  });

  test('are all that the contexts declare, but for the pages of the console, which are no part of the API', async () => {
    const modules = globSync('*/routes.ts', { cwd: FUNCTIONS }).map(
      (file) => import(path.join(FUNCTIONS, file)) as Promise<Record<string, object>>,
    );
    const declared = (await Promise.all(modules))
      .flatMap((module) => Object.values(module) as Partial<(typeof ROUTES)[number]>[])
      .filter(({ operationId, path: place }) => operationId !== undefined && !place?.startsWith(CONSOLE_PATH));
    expect(new Set(ROUTES)).toEqual(new Set(declared));
  });

  test('name each operation, function and place of the API once', () => {
    const once = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length);
    once(ROUTES.map(({ operationId }) => operationId));
    once(ROUTES.map((route) => route.function));
    once(ROUTES.map(({ method, path: place }) => `${method} ${place}`));
  });

  test('have one contract each', () => {
    expect(
      CONTRACTS.map(({ operationId, method, path: place, callers }) => ({ operationId, method, place, callers })),
    ).toEqual(ROUTES.map(({ operationId, method, path: place, callers }) => ({ operationId, method, place, callers })));
  });

  test.each(CONTRACTS.map((contract) => [contract.operationId, contract] as const))(
    'have a documented schema for each parameter of the path: %s',
    (_, { path: place, pathParameters }) => {
      const named = [...place.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(pathParameters?.shape ?? {})).toEqual(named);
    },
  );
});
