import { describe, expect, test } from 'vitest';
import { deploy } from '../../../../local/assembly/deploy.ts';
import type { DeclaredResource, Stack, Template } from '../../../../local/assembly/template.ts';
import { changesOf, update } from '../../../../local/assembly/update.ts';
import type { Resource } from '../../../../local/resource.ts';

const app = (Resources: Record<string, DeclaredResource>, more: Partial<Template> = {}): Stack => ({
  name: 'App',
  template: { Resources, ...more },
  assets: new Map(),
});
const code = (S3Key: string): DeclaredResource => ({ Type: 'Function', Properties: { Code: { S3Key } } });
const version = (of: string): DeclaredResource => ({
  Type: 'Version',
  Properties: { Of: { Ref: of } },
  DeletionPolicy: 'Retain',
});
const table: DeclaredResource = { Type: 'Table', Properties: { Name: 'orders' } };
const canUpdate = (type: string) => type !== 'Table';
const changes = (before: Stack[], after: Stack[]) => {
  const { inPlace, beyond } = changesOf(before, after, canUpdate);
  return { inPlace: [...(inPlace.get('App') ?? [])], beyond };
};

describe('Of a changed assembly', () => {
  test('what can be changed while it is in use is changed in place, and nothing else', () => {
    const before = app({ A: code('1'), B: code('1'), Orders: table });
    expect(changes([before], [app({ A: code('2'), B: code('1'), Orders: table, C: code('1') })])).toEqual({
      inPlace: ['A', 'C'],
      beyond: [],
    });
    expect(changes([before], [before])).toEqual({ inPlace: [], beyond: [] });
  });

  test('metadata and order mean nothing', () => {
    const told = { ...code('1'), Metadata: { path: 'asset.1' }, DependsOn: ['Orders'] };
    expect(changes([app({ A: code('1'), Orders: table })], [app({ Orders: table, A: told })]).inPlace).toEqual([]);
  });

  test('the order of outputs and of properties means nothing: another synthesis may write another one', () => {
    const said = (value: string) => ({ Value: value, Export: { Name: value } });
    const before = app(
      { A: { Type: 'Function', Properties: { Name: 'a', Size: 1 } } },
      { Outputs: { X: said('x'), Y: said('y') } },
    );
    const after = app(
      { A: { Type: 'Function', Properties: { Size: 1, Name: 'a' } } },
      { Outputs: { Y: said('y'), X: said('x') } },
    );
    expect(changes([before], [after])).toEqual({ inPlace: [], beyond: [] });
  });

  test('a version that the next one replaces stays, because the template retains it', () => {
    expect(changes([app({ A: code('1'), V1: version('A') })], [app({ A: code('2'), V2: version('A') })])).toEqual({
      inPlace: ['A', 'V2'],
      beyond: [],
    });
  });

  test.each([
    ['a new table', app({ A: code('2'), Orders: table }), 'the new Orders (Table) in App'],
    ['a function that is gone', app({}), 'the end of A (Function) in App'],
    [
      'another parameter',
      app({ A: code('1') }, { Parameters: { Stage: { Type: 'String' } } }),
      'parameters, conditions or outputs of App',
    ],
    ['another stack', { ...app({ A: code('1') }), name: 'Other' }, 'the stacks Other in place of App'],
  ])('%s needs a start, and says so', (_, after, reason) => {
    expect(changes([app({ A: code('1') })], [after]).beyond).toEqual([reason]);
  });

  test('a changed table needs a start', () => {
    const after = app({ Orders: { ...table, Properties: { Name: 'others' } } });
    expect(changes([app({ Orders: table })], [after]).beyond).toEqual(['a change of Orders (Table) in App']);
  });
});

test('What is changed in place knows the names of what is deployed, and of what was changed before it', async () => {
  const before = [app({ Orders: table, A: code('1') })];
  const after = [
    app({
      V: { Type: 'Version', Properties: { Of: { Ref: 'A' } } },
      A: { Type: 'Function', Properties: { Table: { Ref: 'Orders' } } },
      Orders: table,
    }),
  ];
  const make = (prefix: string) => async (resource: Resource) => ({ ref: `${prefix}-${resource.logicalId}` });
  const deployed = await deploy(before, { region: 'r', account: 'a', parameters: {}, make: make('made') });
  const changed: Resource[] = [];
  await update(deployed, after, changesOf(before, after, canUpdate), (resource) => {
    changed.push(resource);
    return make('changed')(resource);
  });
  expect(changed.map(({ logicalId, properties }) => [logicalId, properties])).toEqual([
    ['A', { Table: 'made-Orders' }],
    ['V', { Of: 'changed-A' }],
  ]);
});
