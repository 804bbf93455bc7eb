import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';

/** A whole platform that runs, with its simulated partners, whatever it runs on. */
export interface Running {
  /** Base URL of the API, without `/api/v1`. */
  readonly url: string;
  readonly gatewayUrl: string;
  readonly carrierUrl: string;
  readonly alipayUrl: string;
  readonly wechatPayUrl: string;
  readonly bankUrl: string;
  /** Base URL of the simulated identity provider. */
  readonly issuerUrl: string;
  /** Where AWS's protocols are spoken. */
  readonly endpointUrl: string;
  /** The folder with the partners' data. */
  readonly dataDir: string;
  /** The stack's outputs, such as `InventoryTableName`. */
  outputs(): Promise<Record<string, string>>;
  /** A client that lives as long as the platform. */
  db(): DynamoDBDocumentClient;
  /** All that functions have logged so far. */
  logs(): Promise<readonly FunctionLog[]>;
}

export interface FunctionLog {
  /** The name of its file or of its log group, with the function's id in it, such as `CreateOrder`. */
  readonly name: string;
  readonly text: string;
}

/** Clients of a platform's tables, and what ends them with it. */
export function clientsAt(endpointUrl: string): { db(): DynamoDBDocumentClient; close(): void } {
  const clients: DynamoDBClient[] = [];
  return {
    db() {
      const client = new DynamoDBClient(operatorClientConfig(endpointUrl));
      clients.push(client);
      return DynamoDBDocumentClient.from(client);
    },
    close: () => clients.forEach((client) => client.destroy()),
  };
}

/** What the function with this id has logged; nothing when it has not run. */
export async function logOf(running: Running, id: string): Promise<string> {
  return (await running.logs()).find(({ name }) => name.includes(id))?.text ?? '';
}
