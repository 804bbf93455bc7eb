import { expect, test } from 'vitest';
import { prefixOf } from '../../../lib/stages/environment.ts';
import type { Assembly } from '../support/assembly.ts';

/** That people on call see the stage, and no other. */
export function watched(stage: string, assembly: () => Assembly): void {
  test(`The stage ${stage} has a dashboard, and objectives that are held by its own metrics`, () => {
    const [dashboard, ...others] = assembly().all('AWS::CloudWatch::Dashboard');
    expect(others).toEqual([]);
    expect(dashboard!.properties.DashboardName).toBe(prefixOf(stage));
    const body = JSON.stringify(dashboard!.properties.DashboardBody);
    expect(body).toContain(`Waybill/${stage}`);
    expect(body).not.toMatch(/\{Waybill,/);

    const parts = assembly()
      .all('AWS::CloudWatch::CompositeAlarm')
      .flatMap(({ properties }) => assembly().targetsIn(properties.AlarmRule));
    expect(parts).toHaveLength(12);
    const read = JSON.stringify(parts.map(({ properties }) => properties.Metrics as unknown));
    expect(new Set(read.match(/"(Waybill[^"]*)"/g))).toEqual(new Set([`"Waybill/${stage}"`, `"${prefixOf(stage)}"`]));
  });
}
