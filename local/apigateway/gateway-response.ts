import type { GatewayResponseDefinition } from './api-definition.ts';
import type { GatewayError } from './gateway-error.ts';
import type { HttpAnswer } from './http-answer.ts';
import { type ContextVariables, render, valueOf } from './templates.ts';

const USUAL_TEMPLATE = '{"message":$context.error.messageString}';

/** The answers that API Gateway itself gives, as the API's gateway responses define them. */
export class GatewayResponses {
  readonly #byType: ReadonlyMap<string, GatewayResponseDefinition>;

  constructor(definitions: readonly GatewayResponseDefinition[]) {
    this.#byType = new Map(definitions.map((definition) => [definition.responseType, definition]));
  }

  answer(error: GatewayError, context: ContextVariables): HttpAnswer {
    const definition =
      this.#byType.get(error.responseType) ?? this.#byType.get(error.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const templates = definition?.responseTemplates ?? {};
    const [contentType, template] = Object.entries(templates).find(([type]) => type === 'application/json') ??
      Object.entries(templates)[0] ?? ['application/json', USUAL_TEMPLATE];
    const variables: ContextVariables = {
      ...context,
      'context.error.message': error.publicMessage ?? '',
      'context.error.messageString': JSON.stringify(error.publicMessage),
      'context.error.responseType': error.responseType,
    };
    const headers: Record<string, string[]> = { 'content-type': [contentType], 'x-amzn-errortype': [error.errorType] };
    for (const [parameter, expression] of Object.entries(definition?.responseParameters ?? {})) {
      const name = parameter.replace(/^gatewayresponse\.header\./, '');
      headers[name.toLowerCase()] = [valueOf(expression, variables)];
    }
    return {
      status: Number(definition?.statusCode ?? error.status),
      headers,
      body: Buffer.from(render(template, variables)),
    };
  }
}
