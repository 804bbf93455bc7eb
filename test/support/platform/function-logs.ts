import { awsJson } from '../../../functions/shared/edge/aws-json.ts';
import { operatorEnvironment } from '../../../launch/clients/operator.ts';
import type { FunctionLog } from './running.ts';

const TIMEOUT_MS = 30_000;
/** Where CDK's log groups are on an emulator: by stack. */
const GROUPS = '/aws/cloudformation/Waybill-';

/** What functions have logged, as CloudWatch Logs has it. */
export async function functionLogsAt(endpoint: string): Promise<readonly FunctionLog[]> {
  const call = awsJson({
    service: 'logs',
    target: 'Logs_20140328',
    timeoutMs: TIMEOUT_MS,
    environment: operatorEnvironment(endpoint),
  });
  const all = async <Item>(operation: string, field: string, input: object): Promise<readonly Item[]> => {
    const items: Item[] = [];
    let nextToken: string | undefined;
    do {
      const answer = (await call(operation, { ...input, ...(nextToken && { nextToken }) })) as Record<string, unknown>;
      items.push(...(answer[field] as readonly Item[]));
      nextToken = answer.nextToken as string | undefined;
    } while (nextToken !== undefined);
    return items;
  };
  const groups = await all<{ readonly logGroupName: string; readonly storedBytes: number }>(
    'DescribeLogGroups',
    'logGroups',
    { logGroupNamePrefix: GROUPS },
  );
  return Promise.all(
    groups
      .filter(({ storedBytes }) => storedBytes > 0)
      .map(async ({ logGroupName }) => {
        const events = await all<{ readonly message: string }>('FilterLogEvents', 'events', { logGroupName });
        return { name: logGroupName, text: events.map(({ message }) => message).join('\n') };
      }),
  );
}
