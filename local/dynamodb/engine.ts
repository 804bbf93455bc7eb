import type { JsonObject } from '../contracts.ts';

export const ENGINE_NAMES = ['dynoxide', 'dynamodb-local'] as const;

/** As `WAYBILL_DYNAMODB` names it. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Sends one request of the table API to the engine, uncorrected and not metered. @throws AwsError */
export type Ask = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** What makes the requests and answers of one engine those of DynamoDB on AWS. What is absent needs no correction. */
export interface Corrections {
  /** The request as the engine has to get it, so that it does what AWS would do. */
  readonly request?: (operation: string, request: JsonObject) => JsonObject | Promise<JsonObject>;
  /** Resolves when a write that the engine has acknowledged is also kept. */
  readonly kept?: (operation: string, request: JsonObject) => Promise<void>;
  /** The answer as AWS would give it to the caller's request. Not called for errors. */
  readonly answer?: (operation: string, request: JsonObject, answer: JsonObject) => JsonObject;
}

export interface LaunchOptions {
  readonly port: number;
  /** The folder with its data. Absent: in memory. */
  readonly dir?: string;
}

/** A program that speaks the DynamoDB API: how it is started, what it stores where, and how it differs from AWS. */
export interface Engine {
  readonly name: EngineName;
  /** As messages to people name it. */
  readonly title: string;
  /** What its ARNs have in the place of the region. */
  readonly region: string;
  /** False where streams are slow in memory: a folder that is gone at the end then takes its place. */
  readonly isMadeForMemory: boolean;
  /** Whether it deletes items whose time to live is over. */
  readonly deletesExpired: boolean;
  /** @throws EngineUnavailable when it cannot be started on this machine; the message says what to do. */
  readonly command: (options: LaunchOptions) => readonly [command: string, ...args: string[]];
  /** The headers without which it refuses a request. `target` is such as `DynamoDB_20120810.GetItem`. */
  readonly headers: (target: string) => Record<string, string>;
  /** Whether the folder has tables of this engine; what a first start that was killed has left is none. */
  readonly holdsData: (dir: string) => boolean;
  /** Gives the files of the stopped engine what they lack. Applied again, it changes nothing. */
  readonly repairStorage: (dir: string) => void;
  /** The operations on items with whose requests or answers the corrections do something. */
  readonly correctedItemOperations: readonly string[];
  /** Corrections for one connection to it. */
  readonly corrections: (ask: Ask) => Corrections;
}

/** An engine cannot be started on this machine. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/** Both engines want a signature's form and check none. */
export const requestHeaders = (target: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': target,
  authorization:
    'AWS4-HMAC-SHA256 Credential=waybill/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
});
