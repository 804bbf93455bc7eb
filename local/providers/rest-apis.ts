import type { ApiGateway } from '../apigateway/service.ts';
import type { AuthorizerDefinition, GatewayResponseDefinition, MethodDefinition, ResourceDefinition, RestApiDefinition } from '../apigateway/api-definition.ts';
import type { JsonObject } from '../contracts.ts';
import { physicalName, type Provider } from './provider.ts';

type Writable<Part> = { -readonly [Field in keyof Part]: Part[Field] };
type Draft = Writable<RestApiDefinition> & {
  readonly resources: ResourceDefinition[];
  readonly methods: MethodDefinition[];
  readonly gatewayResponses: GatewayResponseDefinition[];
  readonly authorizers: AuthorizerDefinition[];
};

/** Gathers the many resources of a REST API, and defines each API once it is complete. */
export class RestApis {
  readonly #drafts = new Map<string, Draft>();

  draft(id: string): Draft {
    const known = this.#drafts.get(id);
    if (known) return known;
    const draft: Draft = { id, name: id, rootResourceId: `${id}-root`, resources: [], methods: [], gatewayResponses: [], authorizers: [], stageName: 'local' };
    this.#drafts.set(id, draft);
    return draft;
  }

  defineAll(apiGateway: ApiGateway): void {
    for (const draft of this.#drafts.values()) apiGateway.define(draft);
  }

  get ids(): string[] {
    return [...this.#drafts.keys()];
  }
}

export const restApi: Provider = (resource, { restApis }) => {
  const id = physicalName(resource, undefined);
  const draft = restApis.draft(id);
  draft.name = String(resource.properties.Name ?? id);
  draft.binaryMediaTypes = (resource.properties.BinaryMediaTypes ?? []) as string[];
  return { ref: id, attributes: { RestApiId: id, RootResourceId: draft.rootResourceId } };
};

export const apiResource: Provider = (resource, { restApis }) => {
  const id = physicalName(resource, undefined);
  restApis.draft(String(resource.properties.RestApiId)).resources.push({ id, parentId: String(resource.properties.ParentId), pathPart: String(resource.properties.PathPart) });
  return { ref: id, attributes: { ResourceId: id } };
};

export const apiMethod: Provider = (resource, { restApis }) => {
  const { RestApiId, ResourceId, HttpMethod, AuthorizationType, AuthorizerId, Integration, RequestParameters = {} } = resource.properties;
  const required = (kind: string) => Object.entries(RequestParameters as JsonObject)
    .filter(([name, needed]) => needed === true && name.startsWith(`method.request.${kind}.`))
    .map(([name]) => name.split('.').slice(3).join('.'));
  restApis.draft(String(RestApiId)).methods.push({
    resourceId: String(ResourceId),
    httpMethod: String(HttpMethod),
    integration: integrationOf(resource.logicalId, Integration as JsonObject),
    ...(typeof AuthorizationType === 'string' ? { authorizationType: AuthorizationType } : {}),
    ...(typeof AuthorizerId === 'string' ? { authorizerId: AuthorizerId } : {}),
    requiredQueryParameters: required('querystring'),
    requiredHeaders: required('header'),
  });
  return { ref: physicalName(resource, undefined) };
};

function integrationOf(logicalId: string, { Type, Uri, TimeoutInMillis }: JsonObject): MethodDefinition['integration'] {
  const functionArn = /functions\/(arn:[^/]+)\/invocations$/.exec(String(Uri))?.[1];
  if (Type !== 'AWS_PROXY' || functionArn === undefined) {
    throw new Error(`The integration of ${logicalId} is ${String(Type)} to ${String(Uri)}; this runtime has AWS_PROXY integrations to functions.`);
  }
  return { type: 'AWS_PROXY', functionArn, ...(TimeoutInMillis === undefined ? {} : { timeoutMs: Number(TimeoutInMillis) }) };
}

export const gatewayResponse: Provider = (resource, { restApis }) => {
  const { RestApiId, ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = resource.properties;
  restApis.draft(String(RestApiId)).gatewayResponses.push({
    responseType: String(ResponseType),
    ...(StatusCode === undefined ? {} : { statusCode: String(StatusCode) }),
    ...(ResponseParameters ? { responseParameters: ResponseParameters as Record<string, string> } : {}),
    ...(ResponseTemplates ? { responseTemplates: ResponseTemplates as Record<string, string> } : {}),
  });
  return { ref: physicalName(resource, undefined) };
};

export const authorizer: Provider = (resource, { restApis }) => {
  const { RestApiId, Name, Type, AuthorizerUri, IdentitySource, IdentityValidationExpression, AuthorizerResultTtlInSeconds } = resource.properties;
  const id = physicalName(resource, undefined);
  const functionArn = /functions\/(arn:[^/]+)\/invocations$/.exec(String(AuthorizerUri))?.[1];
  if ((Type !== 'TOKEN' && Type !== 'REQUEST') || functionArn === undefined) {
    throw new Error(`The authoriser ${resource.logicalId} is of type ${String(Type)}; this runtime has TOKEN and REQUEST authorisers in functions.`);
  }
  restApis.draft(String(RestApiId)).authorizers.push({
    id,
    name: String(Name ?? id),
    type: Type,
    functionArn,
    ...(typeof IdentitySource === 'string' ? { identitySource: IdentitySource } : {}),
    ...(typeof IdentityValidationExpression === 'string' ? { identityValidationExpression: IdentityValidationExpression } : {}),
    ...(AuthorizerResultTtlInSeconds === undefined ? {} : { resultTtlInSeconds: Number(AuthorizerResultTtlInSeconds) }),
  });
  return { ref: id, attributes: { AuthorizerId: id } };
};

export const stage: Provider = ({ properties }, { restApis }) => {
  const draft = restApis.draft(String(properties.RestApiId));
  draft.stageName = String(properties.StageName);
  draft.stageVariables = (properties.Variables ?? {}) as Record<string, string>;
  return { ref: draft.stageName };
};

export const deployment: Provider = (resource) => {
  const id = physicalName(resource, undefined);
  return { ref: id, attributes: { DeploymentId: id } };
};

