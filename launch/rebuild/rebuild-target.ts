/** The tables that `npm run rebuild` works on: those that the environment names, or those of the instance on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { ORDER_LOG_TABLES } from '../../functions/published/order-log-tables.ts';
import { RECOVERY_TABLES } from '../../functions/recovery/adapters/tables.ts';
import { parseFile } from '../../local/storage-failure.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { INSTANCE_FILE, type InstanceFile } from '../platform/instance-file.ts';
import { PROJECT_ROOT } from '../project-root.ts';

export interface RebuildTarget {
  /** Names the target in messages. */
  readonly description: string;
  readonly db: DynamoDBDocumentClient;
  readonly tables: {
    readonly log: string;
    readonly views: string;
    readonly search: string;
    readonly tasks: string;
    readonly projections: string;
  };
  /** Items in the log by DynamoDB's own count, which is up to six hours old on AWS. */
  countEvents(): Promise<number>;
}

/** The environment variables that name the tables, as the functions have them. */
const VARIABLES = {
  log: ORDER_LOG_TABLES.orderLog.variable,
  views: ORDER_TABLES.orderView.variable,
  search: ORDER_TABLES.orderSearch.variable,
  tasks: RECOVERY_TABLES.recoveryTasks.variable,
  projections: ORDER_TABLES.projections.variable,
} as const;
const OUTPUTS = {
  log: 'OrderLogTableName',
  views: 'OrderViewTableName',
  search: 'OrderSearchTableName',
  tasks: 'RecoveryTasksTableName',
  projections: 'ProjectionsTableName',
} as const;
const PATIENCE_MS = 5_000;

/** @throws Error with a message for the person who runs the program */
export async function rebuildTarget(environment: NodeJS.ProcessEnv): Promise<RebuildTarget> {
  const log = environment[VARIABLES.log];
  if (log !== undefined) {
    const missing = Object.values(VARIABLES).filter((variable) => !environment[variable]);
    if (missing.length > 0) {
      throw new Error(
        `${VARIABLES.log} is set, so ${missing.join(', ')} must be set, too: the stack's outputs have the names.`,
      );
    }
    return target(
      `the tables that the environment names (${log}, …)`,
      new DynamoDBClient({}),
      named((part) => environment[VARIABLES[part]]!),
    );
  }
  const dataDir = path.resolve(PROJECT_ROOT, environment.WAYBILL_DATA ?? '.waybill');
  const { endpointUrl, url } = instanceIn(dataDir);
  const answer = await fetch(`${endpointUrl}/_runtime/outputs`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (cause: unknown) => {
      throw new Error(notRunning(dataDir), { cause });
    },
  );
  const outputs = (await answer.json()) as Record<string, string>;
  return target(
    `the instance at ${url}`,
    new DynamoDBClient(operatorClientConfig(endpointUrl)),
    named((part) => outputs[OUTPUTS[part]]!),
  );
}

const named = (name: (part: keyof RebuildTarget['tables']) => string): RebuildTarget['tables'] => ({
  log: name('log'),
  views: name('views'),
  search: name('search'),
  tasks: name('tasks'),
  projections: name('projections'),
});

function target(description: string, client: DynamoDBClient, tables: RebuildTarget['tables']): RebuildTarget {
  return {
    description,
    tables,
    db: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    async countEvents() {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tables.log }));
      return Table?.ItemCount ?? 0;
    },
  };
}

function instanceIn(dataDir: string): InstanceFile {
  const file = path.join(dataDir, INSTANCE_FILE);
  if (!existsSync(file)) throw new Error(notRunning(dataDir));
  return parseFile(readFileSync(file, 'utf8'), file) as InstanceFile;
}

const notRunning = (dataDir: string): string =>
  `No instance runs on ${dataDir}. Start one with \`npm start\`, name its folder in WAYBILL_DATA, or name the tables of a deployed stack in ${Object.values(VARIABLES).join(', ')}.`;
