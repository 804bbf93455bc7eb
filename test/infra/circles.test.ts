import { describe, expect, test } from 'vitest';
import { circleIn } from './support/circles.ts';

const of = (Resources: Record<string, object>) =>
  circleIn({
    Resources: Object.fromEntries(Object.entries(Resources).map(([id, rest]) => [id, { Type: 'A::B', ...rest }])),
  });

describe('Resources that wait for each other', () => {
  test.each([
    [
      'by references',
      { A: { Properties: { to: { Ref: 'B' } } }, B: { Properties: { to: { 'Fn::GetAtt': ['A', 'Arn'] } } } },
    ],
    ['by an order', { A: { DependsOn: ['B'] }, B: { DependsOn: 'A' } }],
    [
      'by texts',
      { A: { Properties: { to: { 'Fn::Sub': 'x${B.Arn}' } } }, B: { Properties: { to: { 'Fn::Sub': ['${A}', {}] } } } },
    ],
  ])('%s are found', (_, resources) => {
    expect(of(resources)).toEqual(['A', 'B', 'A']);
  });

  test('are none where there is an order, and parameters are no resources', () => {
    expect(
      of({ A: { DependsOn: ['B', 'C'] }, B: { Properties: { to: [{ Ref: 'C' }, { Ref: 'Stage' }] } }, C: {} }),
    ).toBeUndefined();
  });
});
