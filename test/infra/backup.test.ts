import { expect, test } from 'vitest';
import { KEPT, LEFT_OUT } from '../../launch/backup/tables.ts';
import { synthesizedAssembly } from './support/assembly.ts';

test('Every table is in a backup, or is left out for a reason', () => {
  const tables = synthesizedAssembly()
    .all('AWS::DynamoDB::Table')
    .map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''));
  expect([...KEPT, ...Object.keys(LEFT_OUT)].sort()).toEqual(tables.sort());
});
