import { expect, test } from 'vitest';
import { synthesizedAssembly } from './support/assembly.ts';

test('No stack exports the value of a parameter to another: it could never change, for CloudFormation refuses to change an export that is in use', () => {
  const { stacks } = synthesizedAssembly();
  const exported = [...stacks].flatMap(([stack, { Outputs = {}, Parameters = {} }]) =>
    Object.values(Outputs).flatMap(({ Export, Value }) =>
      Export !== undefined && refIn(Value) in Parameters ? [`${stack} ${refIn(Value)}`] : [],
    ),
  );
  // The topic of alarms is chosen with the first deployment: a stack imports what the condition leads to.
  expect(exported).toEqual(['Waybill-Stateless AlarmTopicArn']);
});

const refIn = (value: unknown): string => (value as { readonly Ref?: string } | undefined)?.Ref ?? '';
