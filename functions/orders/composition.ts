import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { commandBusEnvironment, deployedCommandBus } from './adapters/deployed-command-bus.ts';
import type { CommandEndpointDeps } from './http/command-endpoint.ts';

/** What the environment of an endpoint that changes orders tells. */
export const commandsEnvironment = {
  ...commandBusEnvironment,
  [EVENT_LOG_TABLES.commands.variable]: z.string(),
  [IDEMPOTENCY_TABLES.idempotency.variable]: z.string(),
};

/** What the endpoints that change orders stand on when they are deployed. */
export function deployedCommands(
  environment: z.output<z.ZodObject<typeof commandsEnvironment>> = readEnvironment(z.object(commandsEnvironment)),
  db: DynamoDBDocumentClient = documentClient(),
): CommandEndpointDeps {
  return { ...deployedCommandBus(db, environment), idempotency: dynamoDbIdempotency(environment.IDEMPOTENCY_TABLE) };
}
