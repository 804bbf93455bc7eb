import { expect, test } from 'vitest';
import { synthesizedAssembly } from './support/assembly.ts';

test('No stack takes the value of a parameter from another: it could never change, for CloudFormation refuses to change an export that is in use', () => {
  const { stacks } = synthesizedAssembly();
  const imported = new Set(
    [...stacks.values()].flatMap((template) =>
      [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name),
    ),
  );
  expect(imported.size).toBeGreaterThan(20);
  const exported = [...stacks].flatMap(([stack, { Outputs = {}, Parameters = {} }]) =>
    Object.values(Outputs).flatMap(({ Export, Value }) =>
      Export !== undefined && imported.has(Export.Name) && refIn(Value) in Parameters
        ? [`${stack} ${refIn(Value)}`]
        : [],
    ),
  );
  expect(exported).toEqual([]);
});

const refIn = (value: unknown): string => (value as { readonly Ref?: string } | undefined)?.Ref ?? '';
