import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CHART } from '../../functions/ledger/domain/accounts.ts';
import { RULES } from '../../functions/ledger/domain/finding.ts';

const text = readFileSync(path.join(import.meta.dirname, '../../docs/ledger.md'), 'utf8');

test('docs/ledger.md lists the accounts of the chart', () => {
  for (const [name, account] of Object.entries(CHART)) {
    const shown = 'perMethod' in account ? `${name}/<method>` : name;
    expect(text).toContain(`| \`${shown}\` | ${account.of} | ${account.meaning} |`);
  }
});

test('docs/ledger.md says what each rule asks for', () => {
  for (const rule of RULES) expect(text).toMatch(new RegExp(`\\| \`${rule}\` \\| \\w`));
});
