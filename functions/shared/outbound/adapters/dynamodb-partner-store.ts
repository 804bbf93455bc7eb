import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { answeredWithin } from '../../edge/answered-within.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type Circuit, NEW_CIRCUIT } from '../circuit/circuit.ts';
import { instancesIn } from '../instance-entry.ts';
import type { PartnerState, PartnerStore } from '../ports.ts';
import { CIRCUIT_ENTRY, PARTNER_TABLES } from '../tables.ts';

const { partitionKey, sortKey } = PARTNER_TABLES.partners;

export interface DynamoDbPartnerStoreOptions {
  /** Tries once: calls to partners wait for it. */
  readonly db: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Milliseconds until the store counts as away. */
  readonly timeoutMs: number;
}

/** The stored entry of a circuit. */
interface CircuitEntry {
  readonly circuit: Circuit;
  readonly version: number;
}

const NO_ENTRY: CircuitEntry = { circuit: NEW_CIRCUIT, version: 0 };

export class DynamoDbPartnerStore implements PartnerStore {
  readonly #options: DynamoDbPartnerStoreOptions;

  constructor(options: DynamoDbPartnerStoreOptions) {
    this.#options = options;
  }

  /** May be a moment old: every change of a circuit compares its version. */
  async read(partner: string): Promise<PartnerState> {
    const { db, tableName, timeoutMs } = this.#options;
    const { Items = [] } = await answeredWithin(
      timeoutMs,
      db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#partner = :partner',
          ExpressionAttributeNames: { '#partner': partitionKey },
          ExpressionAttributeValues: { ':partner': partner },
        }),
      ),
    );
    const stored = Items.find((item) => item[sortKey] === CIRCUIT_ENTRY) as CircuitEntry | undefined;
    const { circuit, version } = stored ?? NO_ENTRY;
    return { circuit, version, instances: instancesIn(Items) };
  }

  async replaceCircuit(
    partner: string,
    circuit: Circuit,
    version: number,
  ): Promise<Result<number, Pick<PartnerState, 'circuit' | 'version'>>> {
    const { db, tableName, timeoutMs } = this.#options;
    try {
      await answeredWithin(
        timeoutMs,
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { [partitionKey]: partner, [sortKey]: CIRCUIT_ENTRY },
            UpdateExpression: 'SET #circuit = :circuit, #version = :next',
            ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
            ExpressionAttributeNames: { '#circuit': 'circuit', '#version': 'version' },
            ExpressionAttributeValues: {
              ':circuit': circuit,
              ':next': version + 1,
              ...(version === 0 ? {} : { ':version': version }),
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      return accept(version + 1);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const inTheWay = error.Item ? (unmarshall(error.Item) as CircuitEntry) : NO_ENTRY;
      return refuse({ circuit: inTheWay.circuit, version: inTheWay.version });
    }
  }
}
