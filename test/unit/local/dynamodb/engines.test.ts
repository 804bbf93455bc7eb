import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { binary } from '../../../../local/dynamodb/dynoxide/binary.ts';
import { chooseEngine } from '../../../../local/dynamodb/engines.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-engines-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Leaves the tables that the engine makes at its first start. */
function usedBy(engine: 'dynoxide' | 'dynamodb-local'): void {
  const [file, table] = engine === 'dynoxide' ? ['dynoxide.db', '_stream_records'] : ['shared-local-instance.db', 'us'];
  const database = new DatabaseSync(join(dir, file));
  database.exec(`CREATE TABLE ${table} (id)`);
  database.close();
}

const chosen = (wanted?: string, hasDynoxide = true): string => chooseEngine({ dir, wanted, hasDynoxide }).name;

test('dynoxide is taken where it is installed, and DynamoDB Local where it is not', () => {
  expect(chosen()).toBe('dynoxide');
  expect(chosen('')).toBe('dynoxide');
  expect(chosen(undefined, false)).toBe('dynamodb-local');
});

test.each(['dynoxide', 'dynamodb-local'] as const)('a folder with tables of %s is gone on with', (engine) => {
  usedBy(engine);
  expect(chosen()).toBe(engine);
  expect(chosen(undefined, false)).toBe(engine);
  expect(chosen(engine)).toBe(engine);
});

test.each(['dynoxide', 'dynamodb-local'])('%s is taken for an empty folder when it is wanted', (engine) => {
  expect(chosen(engine)).toBe(engine);
});

test('tables of the other engine are not passed over in silence', () => {
  usedBy('dynamodb-local');
  expect(() => chosen('dynoxide')).toThrow(
    /WAYBILL_DYNAMODB is dynoxide, and the tables in .* are those of DynamoDB Local.*WAYBILL_DYNAMODB=dynamodb-local/,
  );
  usedBy('dynoxide');
  expect(chosen('dynamodb-local')).toBe('dynamodb-local');
});

test('a wrong value is refused with the possible ones', () => {
  expect(() => chosen('mysql')).toThrow('WAYBILL_DYNAMODB is "mysql". Possible are dynoxide and dynamodb-local.');
});

test('a dynoxide that is not installed is named, with what to do', () => {
  expect(() => binary('plan9', 'mips')).toThrow(
    /@dynoxide\/plan9-mips is missing.*npm ci.*WAYBILL_DYNAMODB=dynamodb-local/,
  );
});
