/** Requests about items, answered in the thread of a function: they go from there to the engine. Loaded into every such thread, so it imports little. */
import { randomUUID } from 'node:crypto';
import type { Location } from '../arn.ts';
import type { EndpointAnswer, EndpointRequest, JsonObject } from '../contracts.ts';
import type { OpenedShortcut, OpenShortcut } from '../shortcut.ts';
import { type Consumption, isDataOperation } from './capacity.ts';
import { EngineClient } from './engine-client.ts';
import { carryOut } from './item-operation.ts';
import { dynamoDbPermissions } from './permissions.ts';
import { refusalOf } from './refusal.ts';
import { tablesIn } from './table-arns.ts';

export interface ItemShortcutData {
  readonly location: Location;
  /** As messages name the engine. */
  readonly title: string;
  readonly url: string;
  /** The folder with its data. Absent: in memory. */
  readonly dir?: string;
  /** Those of every request; that of its target comes to them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Operations that the engine's adapter has a part in. They go to the runtime. */
  readonly corrected: readonly string[];
}

export interface ItemReport {
  readonly operation: string;
  readonly succeeded: boolean;
  readonly consumed: readonly Consumption[];
}

const TARGET = /^DynamoDB_20120810\.(\w+)$/;

/**
 * What a role may do only the runtime judges: a request goes there the first time that its function asks for these actions on these
 * resources, and goes straight to the engine after the runtime has carried one out. Policies stay as they are for as long as the thread runs.
 */
export const open: OpenShortcut<ItemShortcutData, ItemReport> = (data, accessKeyId, report) =>
  new ItemShortcut(data, accessKeyId, report);

class ItemShortcut implements OpenedShortcut {
  readonly #data: ItemShortcutData;
  readonly #ownKey: string;
  readonly #report: (report: ItemReport) => void;
  readonly #client: EngineClient;
  readonly #allowed = new Set<string>();

  constructor(data: ItemShortcutData, accessKeyId: string, report: (report: ItemReport) => void) {
    this.#data = data;
    this.#ownKey = `Credential=${accessKeyId}/`;
    this.#report = report;
    this.#client = new EngineClient(data.url);
  }

  answer(request: EndpointRequest): Promise<EndpointAnswer> | undefined {
    const asked = this.#read(request);
    return asked?.permissions.every((one) => this.#allowed.has(one)) ? this.#carryOut(asked, request) : undefined;
  }

  learn(request: EndpointRequest, { status }: EndpointAnswer): void {
    if (status !== 200) return;
    for (const permission of this.#read(request)?.permissions ?? []) this.#allowed.add(permission);
  }

  /** Undefined for a request that is always for the runtime. */
  #read({ headers, body }: EndpointRequest): ItemRequest | undefined {
    const operation = TARGET.exec(String(headers['x-amz-target']))?.[1];
    if (operation === undefined || !isDataOperation(operation) || this.#data.corrected.includes(operation)) return;
    if (!String(headers['authorization']).includes(this.#ownKey)) return;
    const input = JSON.parse(body) as JsonObject;
    // The engines know tables by their names only.
    if (tablesIn(input).some((table) => table.includes(':'))) return;
    const permissions = dynamoDbPermissions(operation, input, this.#data.location).map(
      ({ action, resource }) => `${action} ${resource}`,
    );
    return { operation, input, permissions };
  }

  async #carryOut({ operation, input }: ItemRequest, request: EndpointRequest): Promise<EndpointAnswer> {
    const target = String(request.headers['x-amz-target']);
    const post = (body: string) => this.#client.post({ ...this.#data.headers, 'x-amz-target': target }, body);
    try {
      const { status, text, consumed } = await carryOut({ operation, request: input, body: request.body }, post);
      this.#report({ operation, succeeded: status === 200, consumed });
      return answerOf(status, status < 500 ? text : this.#failure(status, text));
    } catch (error) {
      const message = `${this.#data.title} cannot be reached: ${(error as Error).message}`;
      return answerOf(500, JSON.stringify({ __type: 'InternalServerError', message }));
    }
  }

  #failure(status: number, text: string): string {
    const { code, message } = refusalOf(status, JSON.parse(text) as JsonObject, this.#data.dir);
    return JSON.stringify({ __type: code, message });
  }
}

const answerOf = (status: number, body: string): EndpointAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
  body,
});

interface ItemRequest {
  readonly operation: string;
  readonly input: JsonObject;
  /** Action and resource. */
  readonly permissions: readonly string[];
}
