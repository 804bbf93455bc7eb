import { expect, test } from 'vitest';
import { LogsService } from '../../../../local/logs/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

const line = (fields: object, declared: object) =>
  `${JSON.stringify({ ...fields, _aws: { Timestamp: 5, CloudWatchMetrics: [{ Namespace: 'Waybill', ...declared }] } })}\n`;

function measuredIn(log: string) {
  const context = testContext(new VirtualClock());
  new LogsService(context).ingest(log);
  return context.measured;
}

test('Metrics in what functions write are measured, with their dimensions', () => {
  const written =
    '{"level":"INFO","message":"no metric"}\n' +
    line(
      { Lag: 7, Projection: 'view' },
      { Dimensions: [['Projection']], Metrics: [{ Name: 'Lag', Unit: 'Milliseconds' }] },
    ) +
    line({ Calls: [1, 2] }, { Dimensions: [[]], Metrics: [{ Name: 'Calls' }] });
  expect(measuredIn(written)).toEqual([
    { namespace: 'Waybill', name: 'Lag', dimensions: { Projection: 'view' }, value: 7, at: 5 },
    { namespace: 'Waybill', name: 'Calls', dimensions: {}, value: 1, at: 5 },
    { namespace: 'Waybill', name: 'Calls', dimensions: {}, value: 2, at: 5 },
  ]);
});

test('What CloudWatch could not read has no metrics', () => {
  expect(measuredIn('{"CloudWatchMetrics"\n')).toEqual([]);
  expect(measuredIn(line({}, { Dimensions: [[]], Metrics: [{ Name: 'Missing' }] }))).toEqual([]);
});
