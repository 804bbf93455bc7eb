import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram, synthesizedAssembly, type Template, templatesIn } from './support/assembly.ts';
import { expectRoom, roomOf } from './support/room.ts';

const assembly = synthesizedAssembly();

describe('Stacks', () => {
  test.each([...assembly.stacks])('are far from what CloudFormation takes: %s', (name, template) =>
    expectRoom(template, roomOf(name)),
  );
});

describe('Ten contexts with a hundred routes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'waybill-contexts-'));
  let stacks: ReadonlyMap<string, Template>;
  beforeAll(() => {
    runProgram('test/infra/support/ten-contexts.ts', folder);
    stacks = templatesIn(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('have an API, and a stack each', () => {
    const methods = Object.values(stacks.get('Waybill-Api')!.Resources).filter(
      ({ Type, Properties }) => Type === 'AWS::ApiGateway::Method' && Properties?.HttpMethod !== 'ANY',
    );
    expect(methods).toHaveLength(100);
    expect([...stacks.keys()].filter((name) => name.startsWith('Waybill-Context'))).toHaveLength(10);
  });

  test('fit in stacks that are far from what CloudFormation takes', () => {
    // The stack of the API has four resources for a path with one method; it is the one to divide when a shop has more routes.
    for (const [name, template] of stacks) expectRoom(template, name === 'Waybill-Api' ? 420 : undefined);
  });

  test('keep their tables in the stack that is kept', () => {
    const tables = Object.values(stacks.get('Waybill-Stateful')!.Resources).map(({ Type }) => Type);
    expect(tables.filter((type) => type === 'AWS::DynamoDB::Table').length).toBeGreaterThanOrEqual(10);
    expect(new Set(tables)).toEqual(new Set(['AWS::DynamoDB::Table']));
  });
});
