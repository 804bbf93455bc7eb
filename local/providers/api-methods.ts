import type { MethodDefinition } from '../apigateway/api-definition.ts';
import type { JsonObject } from '../contracts.ts';
import { textOf } from '../json-text.ts';
import {
  invokedBy,
  number,
  objects,
  type Provider,
  physicalName,
  present,
  refuseProperties,
  text,
} from './provider.ts';
import type { ApiDraft } from './rest-apis.ts';

export const apiMethod: Provider = (resource, { restApis }) => {
  refuseProperties(resource, ['ApiKeyRequired', 'AuthorizationScopes']);
  const { RestApiId, ResourceId, HttpMethod, AuthorizationType, AuthorizerId, Integration } = resource.properties;
  const draft = restApis.draft(textOf(RestApiId));
  draft.methods.push({
    resourceId: textOf(ResourceId),
    httpMethod: textOf(HttpMethod),
    integration: integrationOf(Integration as JsonObject),
    ...present({ authorizationType: text(AuthorizationType), authorizerId: text(AuthorizerId) }),
    ...validationOf(resource.properties, draft),
  });
  return { ref: physicalName(resource, undefined) };
};

/** A model and required parameters count only where the method has a validator for them, as on AWS. */
function validationOf(
  { RequestValidatorId, RequestParameters = {}, RequestModels = {} }: JsonObject,
  draft: ApiDraft,
): Partial<MethodDefinition> {
  const validator = draft.validators.get(text(RequestValidatorId) ?? '');
  const required = (kind: string) =>
    Object.entries(RequestParameters as JsonObject)
      .filter(([name, needed]) => needed === true && name.startsWith(`method.request.${kind}.`))
      .map(([name]) => name.split('.').slice(3).join('.'));
  const model = text((RequestModels as JsonObject)['application/json']);
  return {
    ...(validator?.parameters
      ? { requiredQueryParameters: required('querystring'), requiredHeaders: required('header') }
      : {}),
    ...(validator?.body && model !== undefined ? present({ bodySchema: draft.models.get(model) }) : {}),
  };
}

function integrationOf(integration: JsonObject): MethodDefinition['integration'] {
  const { Type, Uri, TimeoutInMillis } = integration;
  if (Type === 'MOCK') return mockOf(integration);
  const functionArn = invokedBy(Uri);
  if (Type !== 'AWS_PROXY' || functionArn === undefined) {
    throw new Error(
      `The integration is ${text(Type)} to ${text(Uri)}; this runtime has MOCK, and AWS_PROXY to functions.`,
    );
  }
  return { type: 'AWS_PROXY', functionArn, ...present({ timeoutMs: number(TimeoutInMillis) }) };
}

/** The first response stands for all: which one is chosen depends on templates, which this runtime does not run. */
function mockOf({ IntegrationResponses }: JsonObject): MethodDefinition['integration'] {
  const [{ StatusCode = 200, ResponseParameters = {}, ResponseTemplates = {} } = {}] = objects(IntegrationResponses);
  const headers = Object.entries(ResponseParameters as Record<string, string>).map(([name, literal]) => [
    name.replace('method.response.header.', ''),
    literal.replace(/^'(.*)'$/, '$1'),
  ]);
  const [body] = Object.values(ResponseTemplates as Record<string, string>);
  return {
    type: 'MOCK',
    statusCode: Number(StatusCode),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...present({ body }),
  };
}
