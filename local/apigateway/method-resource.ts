import type { Json, JsonObject } from '../contracts.ts';
import { number, objects, present, text, textOf } from '../properties.ts';
import { type MakeResource, physicalName, refuseProperties } from '../resource.ts';
import type { MethodDefinition } from './api-definition.ts';
import type { ApiDraft, ApiDrafts } from './api-draft.ts';

/** The function in the URI of an integration or an authoriser. */
export const invokedBy = (uri: Json | undefined): string | undefined =>
  /functions\/(arn:[^/]+)\/invocations$/.exec(text(uri) ?? '')?.[1];

export const makeMethod =
  (drafts: ApiDrafts): MakeResource =>
  (resource) => {
    refuseProperties(resource, ['ApiKeyRequired', 'AuthorizationScopes']);
    const { RestApiId, ResourceId, HttpMethod, AuthorizationType, AuthorizerId, Integration } = resource.properties;
    const draft = drafts.of(textOf(RestApiId));
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
  const headers = Object.entries(ResponseParameters as Record<string, string>).map(([name, expression]) => [
    name.replace('method.response.header.', ''),
    expression,
  ]);
  const [body] = Object.values(ResponseTemplates as Record<string, string>);
  return {
    type: 'MOCK',
    statusCode: Number(StatusCode),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...present({ body }),
  };
}
