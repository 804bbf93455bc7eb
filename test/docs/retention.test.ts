/** The table of what is kept for how long is what stages, templates and code say. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DONE_LETTERS_DAYS } from '../../functions/shared/dead-letters/tables.ts';
import { IDEMPOTENCY_KEPT_SECONDS } from '../../functions/shared/edge/idempotency.ts';
import { STAGES } from '../../lib/stages/stages.ts';
import { ROOT, textOf } from '../support/docs/markdown.ts';

interface Template {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: { readonly MessageRetentionPeriod?: number } }>
  >;
}

const DAY_SECONDS = 86_400;
const [, section = ''] = textOf('docs/operating.md').split('## What is kept for how long');
const rows = [...section.matchAll(/^\| ([^|]+) \| ([\d–]+) \| ([\d–]+) \| ([\d–]+) \|/gm)];
const days = Object.fromEntries(rows.map(([, what = '', ...of]) => [what, of.slice(0, 3)]));
const ofStages = (of: (stage: (typeof STAGES)[keyof typeof STAGES]) => number) =>
  (['dev', 'staging', 'prod'] as const).map((name) => String(of(STAGES[name])));

test('docs/operating.md says for how long everything is kept in each stage', () => {
  const everywhere = (value: string) => [value, value, value];
  expect(Object.keys(STAGES)).toEqual(['dev', 'staging', 'prod']);
  expect(days).toEqual({
    'personal data of orders at rest': ofStages(({ personalDataDays }) => personalDataDays),
    'what people wrote about settled transfers': ofStages(({ personalDataDays }) => personalDataDays),
    'logs, and the traces in them': ofStages(({ logDays }) => logDays),
    'audit trail, access log': ofStages(({ auditDays }) => auditDays),
    'recovery of tables': ofStages(({ recoveryDays }) => recoveryDays),
    'keys of requests and their answers': everywhere(String(IDEMPOTENCY_KEPT_SECONDS / DAY_SECONDS)),
    'messages in queues and parked orders': everywhere('14'),
    'dead letters that are handled or dismissed; others stay': everywhere(String(DONE_LETTERS_DAYS)),
    'orders, books and stock without persons; the record of erasures': everywhere('–'),
  });
});

test('Queues keep messages for as long as the table says', () => {
  const kept = globSync('cdk.out/*.template.json', { cwd: ROOT }).flatMap((file) => {
    const { Resources = {} } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Template;
    return Object.values(Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::SQS::Queue' ? [(Properties?.MessageRetentionPeriod ?? 0) / DAY_SECONDS] : [],
    );
  });
  expect(kept.length).toBeGreaterThan(10);
  expect([...new Set(kept)]).toEqual([14]);
});
