/** The tables that `npm run rebuild` works on: those that the environment names, or those of the instance on this machine. */
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { ORDER_LOG_TABLES } from '../../functions/published/order-log-tables.ts';
import { RECOVERY_TABLES } from '../../functions/recovery/adapters/tables.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { dataDirOf, runningInstance } from '../clients/running-instance.ts';

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
  const { url, endpointUrl, outputs } = await runningInstance(
    dataDirOf(environment),
    ` Or name the tables of a deployed stack in ${Object.values(VARIABLES).join(', ')}.`,
  );
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
