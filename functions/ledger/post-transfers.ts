import type { DynamoDBStreamHandler } from 'aws-lambda';
import { parseTransferId } from '../published/transfer-events.ts';
import { TRANSFER } from '../published/transfer-log.ts';
import { streamHandler } from '../shared/edge/stream.ts';
import { postTransfers } from './application/post-transfer.ts';
import { postingTransfers } from './composition.ts';

type Deps = Parameters<typeof postTransfers>[0];

/** Books money that quotes no reference of an order, as the stream of its log tells of it: what came, and what became of it. */
export const makeHandler = (deps: Deps) =>
  streamHandler(async ({ Records }) => {
    const named = Records.flatMap(({ dynamodb }) => dynamodb?.Keys?.[TRANSFER.idField]?.S ?? []);
    await postTransfers(deps, named.map(parseTransferId));
    return { batchItemFailures: [] };
  });

export const handler: DynamoDBStreamHandler = makeHandler(postingTransfers());
