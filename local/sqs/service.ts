import type { AwsService, JsonObject, ServiceContext } from '../contracts.ts';
import { type SqsApi, sqsApi } from './api.ts';
import { StandardQueues } from './standard-queues.ts';

export interface SqsOptions {
  readonly queueUrl: (name: string) => string;
}

/** Amazon SQS: standard queues for the services of this process, and its API for SDK clients. */
export class SqsService extends StandardQueues implements AwsService {
  readonly #api: SqsApi;

  constructor(ctx: ServiceContext, { queueUrl }: SqsOptions) {
    super(ctx);
    this.#api = sqsApi(this, { queueUrl, account: ctx.account, newId: ctx.newId });
  }

  handle(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.#api(operation, input);
  }
}
