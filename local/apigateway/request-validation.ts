import * as z from 'zod';
import type { JsonObject } from '../contracts.ts';
import type { MethodDefinition } from './api-definition.ts';
import { GatewayError } from './gateway-error.ts';
import { type HttpRequest, headerOf } from './request.ts';

/** What a method's request validator checks. */
export class RequestValidation {
  readonly #queryParameters: readonly string[];
  readonly #headers: readonly string[];
  readonly #body: z.ZodType | undefined;

  /** @throws Error for a model that is no usable JSON schema. */
  constructor({ requiredQueryParameters = [], requiredHeaders = [], bodySchema }: MethodDefinition) {
    this.#queryParameters = requiredQueryParameters;
    this.#headers = requiredHeaders;
    this.#body = bodySchema && z.fromJSONSchema(bodySchema);
  }

  /** @throws GatewayError */
  checkParameters(request: HttpRequest): void {
    const missing = [
      ...this.#queryParameters.filter((name) => !request.query.has(name)),
      ...this.#headers.filter((name) => headerOf(request, name) === undefined),
    ];
    if (missing.length > 0) {
      throw new GatewayError('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${missing.join(', ')}]`);
    }
  }

  /** The model is the one for JSON; bodies of other types pass, as with API Gateway. @throws GatewayError */
  checkBody(request: HttpRequest, body: Buffer): void {
    if (
      this.#body === undefined ||
      !/^application\/json\b/i.test(headerOf(request, 'content-type') ?? 'application/json')
    ) {
      return;
    }
    if (!this.#body.safeParse(parse(body)).success) throw new GatewayError('BAD_REQUEST_BODY');
  }
}

function parse(body: Buffer): JsonObject {
  try {
    return JSON.parse(body.toString()) as JsonObject;
  } catch {
    throw new GatewayError('BAD_REQUEST_BODY');
  }
}
