import { describe, expect, test } from 'vitest';
import type { Explained } from './explained.ts';
import { recordedIn } from './recorded.ts';
import { verdictOn } from './verdict.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Waybill-Stateful-OrderLog9246BEFE';
const line = (event: 'granted' | 'used', role: string, action: string, resource = ARN) =>
  JSON.stringify([event, { role: `Waybill-Stateless-${role}Role0A1B2C3D`, action, resource }]);
const recorded = (...lines: string[]) => recordedIn(`${lines.join('\n')}\n`);
const why = 'the reason';

describe('What platforms have recorded of grants', () => {
  test('is one list, with the names of the templates, whichever platform used them', () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:0:secret:Waybill-Stateful-BankCredentialEBCE3E2F-';
    expect(
      recorded(
        line('used', 'CreateOrder', 'dynamodb:PutItem'),
        line('granted', 'CreateOrder', 'dynamodb:PutItem'),
        line('granted', 'Pay', 'secretsmanager:GetSecretValue', `${secret}2rpBjr`),
        line('used', 'Pay', 'secretsmanager:GetSecretValue', `${secret}XXXXXX`),
        line('granted', 'Pay', 'dynamodb:Query', `${ARN}/index/byDay`),
      ),
    ).toEqual([
      { role: 'CreateOrder', action: 'dynamodb:PutItem', resource: 'table/OrderLog', used: true },
      { role: 'Pay', action: 'secretsmanager:GetSecretValue', resource: 'secret:BankCredential', used: true },
      { role: 'Pay', action: 'dynamodb:Query', resource: 'table/OrderLog/index/byDay', used: false },
    ]);
  });
});

describe('A grant that was never used', () => {
  const grants = recorded(
    line('granted', 'CreateOrder', 'dynamodb:Scan'),
    line('granted', 'SweepOrders', 'dynamodb:Scan'),
    line('used', 'SweepOrders', 'dynamodb:Scan'),
  );
  const names = (explained: readonly Explained[]) => verdictOn(grants, explained).unused.map(({ role }) => role);

  test('is listed, unless it is explained', () => {
    expect(names([])).toEqual(['CreateOrder']);
    expect(names([{ action: /Scan/, used: 'rarely', why }])).toEqual([]);
    expect(names([{ action: /Query/, used: 'rarely', why }])).toEqual(['CreateOrder']);
    expect(names([{ action: /Scan/, role: /Sweep/, used: 'rarely', why }])).toEqual(['CreateOrder']);
    expect(names([{ action: /Scan/, resource: /StockLog/, used: 'rarely', why }])).toEqual(['CreateOrder']);
  });

  test('is explained by others only when one of them has used it', () => {
    const byOthers = [{ action: /Scan/, used: 'by others', why }] as const;
    expect(names(byOthers)).toEqual([]);
    const alone = recorded(line('granted', 'CreateOrder', 'dynamodb:Scan'));
    expect(verdictOn(alone, byOthers).unused).toHaveLength(1);
  });
});

describe('An explanation', () => {
  test('is stale when nothing is granted any more that it is about', () => {
    expect(verdictOn([], [{ action: /^xray:/, used: 'rarely', why }]).stale).toEqual([
      'Nothing is granted any more that this explains: the reason',
    ]);
  });

  test('that AWS alone needs it is stale when it is used here', () => {
    const used = recorded(line('used', 'CreateOrder', 'dynamodb:Scan'));
    expect(verdictOn(used, [{ action: /Scan/, used: 'by AWS', why }]).stale).toEqual([
      'CreateOrder dynamodb:Scan table/OrderLog is used on this machine, so that this is not true: the reason',
    ]);
  });
});
