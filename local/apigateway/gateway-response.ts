import type { GatewayResponseDefinition } from './api-definition.ts';
import type { GatewayError } from './gateway-error.ts';
import type { HttpAnswer } from './http-answer.ts';

/** Values of `$context`, by their path without the dollar sign, such as `context.requestId`. */
export type ContextVariables = Readonly<Record<string, string | number>>;

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

/** A literal in single quotes, or the name of a variable. */
function valueOf(expression: string, variables: ContextVariables): string {
  const literal = /^'(.*)'$/s.exec(expression);
  return literal === null ? String(variables[expression] ?? '') : literal[1]!;
}

/** Values are escaped for a JSON string around them; `messageString` has its own quotes and is escaped already. */
function render(template: string, variables: ContextVariables): string {
  return template.replaceAll(/\$(context(?:\.\w+)+)/g, (_, name: string) => {
    const value = String(variables[name] ?? '');
    return name === 'context.error.messageString' ? value : JSON.stringify(value).slice(1, -1);
  });
}
