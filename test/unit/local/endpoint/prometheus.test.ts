import { describe, expect, test } from 'vitest';
import { prometheusText } from '../../../../local/endpoint/prometheus.ts';
import { RuntimeMetrics } from '../../../../local/metrics.ts';

describe('Metrics for Prometheus', () => {
  test('have sum, count and last value of each metric since the start, with dimensions as labels', () => {
    const metrics = new RuntimeMetrics({ now: () => 0, at: () => () => {} });
    const calls = { namespace: 'Waybill', name: 'PartnerCallDuration', dimensions: { Partner: 'carrier' } };
    metrics.put({ ...calls, value: 12.5 });
    metrics.put({ ...calls, value: 2 });
    metrics.put({
      namespace: 'AWS/SQS',
      name: 'NumberOfMessagesSent',
      dimensions: { QueueName: 'a"b\\c\n' },
      value: 1,
    });
    expect(prometheusText(metrics.totals()).split('\n')).toEqual([
      '# TYPE aws_sqs_number_of_messages_sent summary',
      'aws_sqs_number_of_messages_sent_sum{queue_name="a\\"b\\\\c\\n"} 1',
      'aws_sqs_number_of_messages_sent_count{queue_name="a\\"b\\\\c\\n"} 1',
      '# TYPE aws_sqs_number_of_messages_sent_last gauge',
      'aws_sqs_number_of_messages_sent_last{queue_name="a\\"b\\\\c\\n"} 1',
      '# TYPE waybill_partner_call_duration summary',
      'waybill_partner_call_duration_sum{partner="carrier"} 14.5',
      'waybill_partner_call_duration_count{partner="carrier"} 2',
      '# TYPE waybill_partner_call_duration_last gauge',
      'waybill_partner_call_duration_last{partner="carrier"} 2',
      '',
    ]);
  });

  test('are no text when nothing was measured', () => {
    expect(prometheusText([])).toBe('');
  });
});
