/**
 * Streams as AWS's API describes them. dynoxide numbers the records of each table from 1, reads that number also when it begins
 * with zeros, names one shard after the table,
 * and gives a new stream of a table the records of the one before.
 */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../contracts.ts';
import { present } from '../../properties.ts';

/** AWS's smallest lengths, which SDKs such as boto3 check in requests: 21 digits, and 28 characters of a shard's id. */
const SEQUENCE_NUMBER_DIGITS = 21;
const SHARD_ID = 'shardId-00000000000000000001-00000001';
/** Stands between the stream and the engine's own iterator, as in AWS's iterators. */
const SEPARATOR = '|1|';

/** The request with the engine's own names in it. */
export function streamRequest(operation: string, request: JsonObject): JsonObject {
  const { StreamArn, ShardId, ExclusiveStartShardId, ShardIterator } = request as Readonly<Record<string, string>>;
  const shard = `shardId-00000001-${StreamArn === undefined ? '' : tableOf(StreamArn)}`;
  if (operation === 'GetRecords' && ShardIterator !== undefined) {
    return { ...request, ShardIterator: ShardIterator.split(SEPARATOR).at(-1)! };
  }
  return {
    ...request,
    ...present({
      ShardId: ShardId === SHARD_ID ? shard : ShardId,
      ExclusiveStartShardId: ExclusiveStartShardId === SHARD_ID ? shard : ExclusiveStartShardId,
    }),
  };
}

/** The answer as AWS gives it to the caller's request. */
export function streamAnswer(operation: string, request: JsonObject, answer: JsonObject): JsonObject {
  switch (operation) {
    case 'CreateTable':
    case 'UpdateTable':
    case 'DeleteTable':
      return { ...answer, TableDescription: withLabels(answer.TableDescription as JsonObject) };
    case 'DescribeTable':
      return { ...answer, Table: withLabels(answer.Table as JsonObject) };
    case 'ListStreams':
      return { ...answer, Streams: (answer.Streams as JsonObject[]).map(withLabels) };
    case 'DescribeStream':
      return { StreamDescription: description(request, answer.StreamDescription as JsonObject) };
    case 'GetShardIterator':
      return { ShardIterator: `${request.StreamArn as string}${SEPARATOR}${answer.ShardIterator as string}` };
    case 'GetRecords':
      return page(request.ShardIterator as string, answer);
    default:
      return answer;
  }
}

/** A stream's label is the time of its beginning, in ISO 8601 and not in seconds. */
function withLabels(named: JsonObject): JsonObject {
  const isoLabel = (text: string): string =>
    text.replace(/(?<=^|\/)(\d+)\.(\d+)$/, (_, seconds: string, fraction: string) =>
      new Date(Number(seconds) * 1_000).toISOString().replace('000Z', fraction),
    );
  const names = ['StreamArn', 'LatestStreamArn', 'StreamLabel', 'LatestStreamLabel'];
  const labelled = names.flatMap((name) =>
    named[name] === undefined ? [] : [[name, isoLabel(named[name] as string)] as const],
  );
  return { ...named, ...Object.fromEntries(labelled) };
}

/** One shard that is open, and so has no end; it begins with the table's first record, kept or not. */
function description({ ExclusiveStartShardId }: JsonObject, { Shards, ...stream }: JsonObject): JsonObject {
  const shards = Shards as JsonObject[];
  return {
    ...withLabels(stream),
    Shards:
      ExclusiveStartShardId === undefined
        ? shards.map(() => ({
            ShardId: SHARD_ID,
            SequenceNumberRange: { StartingSequenceNumber: sequenceNumber('1') },
          }))
        : [],
  };
}

function page(iterator: string, { Records, NextShardIterator }: JsonObject): JsonObject {
  const [streamArn = ''] = iterator.split(SEPARATOR);
  const begunAt = Math.floor(Date.parse(`${streamArn.split('/').at(-1)!.slice(0, 19)}Z`) / 1_000);
  return {
    Records: (Records as unknown as { readonly dynamodb: JsonObject; readonly eventID: string }[])
      .filter(({ dynamodb }) => !((dynamodb.ApproximateCreationDateTime as number) < begunAt))
      .map((record) => ({
        ...record,
        eventID: createHash('md5').update(`${streamArn} ${record.eventID}`).digest('hex'),
        dynamodb: { ...record.dynamodb, SequenceNumber: sequenceNumber(record.dynamodb.SequenceNumber as string) },
      })),
    ...present({ NextShardIterator: NextShardIterator && `${streamArn}${SEPARATOR}${NextShardIterator as string}` }),
  };
}

const sequenceNumber = (number: string): string => number.padStart(SEQUENCE_NUMBER_DIGITS, '0');

/** The table's name in `arn:aws:dynamodb:region:account:table/name/stream/label`. */
const tableOf = (streamArn: string): string => streamArn.split('/')[1] ?? '';
