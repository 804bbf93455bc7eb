import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../../../local/contracts.ts';
import { SsmService } from '../../../../local/ssm/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

export const NAME = '/app/settings';

/** The service, the changes that it tells of, and the clock that it goes by. */
export function systemsManager(dataDir?: string, store = new DatabaseSync(':memory:')) {
  const clock = new VirtualClock();
  const changes: JsonObject[] = [];
  const service = new SsmService(testContext(clock, store), {
    ...(dataDir === undefined ? {} : { dataDir }),
    onChange: (parameterArn, detail) => changes.push({ parameterArn, ...detail }),
  });
  const put = (value: string, more: JsonObject = {}) =>
    service.handle('PutParameter', { Name: NAME, Value: value, Type: 'String', ...more });
  const get = async (name = NAME): Promise<unknown> =>
    ((await service.handle('GetParameter', { Name: name })) as { Parameter: JsonObject }).Parameter.Value;
  return { service, clock, store, changes, put, get };
}
