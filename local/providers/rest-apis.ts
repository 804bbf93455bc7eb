import type {
  AuthorizerDefinition,
  GatewayResponseDefinition,
  MethodDefinition,
  ResourceDefinition,
  RestApiDefinition,
} from '../apigateway/api-definition.ts';
import type { ApiGateway } from '../apigateway/service.ts';
import type { JsonObject } from '../contracts.ts';
import { textOf } from '../json-text.ts';
import { invokedBy, number, type Provider, physicalName, present, refuseProperties, text } from './provider.ts';

type Writable<Part> = { -readonly [Field in keyof Part]: Part[Field] };

/** A REST API as far as its resources are made. */
export interface ApiDraft extends Writable<RestApiDefinition> {
  readonly resources: ResourceDefinition[];
  readonly methods: MethodDefinition[];
  readonly gatewayResponses: GatewayResponseDefinition[];
  readonly authorizers: AuthorizerDefinition[];
  /** What each request validator looks at, by id. */
  readonly validators: Map<string, { readonly body: boolean; readonly parameters: boolean }>;
  /** JSON schemas by the name of their model. */
  readonly models: Map<string, JsonObject>;
}

/** Gathers the many resources of a REST API, and defines each API once it is complete. */
export class RestApis {
  readonly #drafts = new Map<string, ApiDraft>();

  /** The draft of an API, begun when it is not known yet. */
  draft(id: string): ApiDraft {
    const known = this.#drafts.get(id);
    if (known) return known;
    const draft: ApiDraft = {
      id,
      name: id,
      rootResourceId: `${id}-root`,
      stageName: 'local',
      resources: [],
      methods: [],
      gatewayResponses: [],
      authorizers: [],
      validators: new Map(),
      models: new Map(),
    };
    this.#drafts.set(id, draft);
    return draft;
  }

  defineAll(apiGateway: Pick<ApiGateway, 'define'>): void {
    for (const draft of this.#drafts.values()) apiGateway.define(draft);
  }
}

export const restApi: Provider = (resource, { restApis }) => {
  refuseProperties(resource, ['Body', 'BodyS3Location', 'Policy']);
  const { Name, BinaryMediaTypes } = resource.properties;
  const id = physicalName(resource, undefined);
  const draft = restApis.draft(id);
  draft.name = text(Name) ?? id;
  draft.binaryMediaTypes = (BinaryMediaTypes ?? []) as string[];
  return { ref: id, attributes: { RestApiId: id, RootResourceId: draft.rootResourceId } };
};

export const apiResource: Provider = (resource, { restApis }) => {
  const { RestApiId, ParentId, PathPart } = resource.properties;
  const id = physicalName(resource, undefined);
  restApis.draft(textOf(RestApiId)).resources.push({ id, parentId: textOf(ParentId), pathPart: textOf(PathPart) });
  return { ref: id, attributes: { ResourceId: id } };
};

export const requestValidator: Provider = (resource, { restApis }) => {
  const { RestApiId, ValidateRequestBody, ValidateRequestParameters } = resource.properties;
  const id = physicalName(resource, undefined);
  restApis
    .draft(textOf(RestApiId))
    .validators.set(id, { body: ValidateRequestBody === true, parameters: ValidateRequestParameters === true });
  return { ref: id, attributes: { RequestValidatorId: id } };
};

export const apiModel: Provider = (resource, { restApis }) => {
  const { RestApiId, Name, Schema } = resource.properties;
  const name = physicalName(resource, Name);
  restApis.draft(textOf(RestApiId)).models.set(name, Schema as JsonObject);
  return { ref: name };
};

export const gatewayResponse: Provider = (resource, { restApis }) => {
  const { RestApiId, ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = resource.properties;
  restApis.draft(textOf(RestApiId)).gatewayResponses.push({
    responseType: textOf(ResponseType),
    ...present({
      statusCode: text(StatusCode),
      responseParameters: ResponseParameters as Record<string, string> | undefined,
      responseTemplates: ResponseTemplates as Record<string, string> | undefined,
    }),
  });
  return { ref: physicalName(resource, undefined) };
};

export const authorizer: Provider = (resource, { restApis }) => {
  const {
    RestApiId,
    Name,
    Type,
    AuthorizerUri,
    IdentitySource,
    IdentityValidationExpression,
    AuthorizerResultTtlInSeconds,
  } = resource.properties;
  const id = physicalName(resource, undefined);
  const functionArn = invokedBy(AuthorizerUri);
  if ((Type !== 'TOKEN' && Type !== 'REQUEST') || functionArn === undefined) {
    throw new Error(`It is of type ${text(Type)}; this runtime has TOKEN and REQUEST authorisers in functions.`);
  }
  restApis.draft(textOf(RestApiId)).authorizers.push({
    id,
    name: text(Name) ?? id,
    type: Type,
    functionArn,
    ...present({
      identitySource: text(IdentitySource),
      identityValidationExpression: text(IdentityValidationExpression),
      resultTtlInSeconds: number(AuthorizerResultTtlInSeconds),
    }),
  });
  return { ref: id, attributes: { AuthorizerId: id } };
};

export const stage: Provider = ({ properties }, { restApis }) => {
  const draft = restApis.draft(textOf(properties.RestApiId));
  draft.stageName = textOf(properties.StageName);
  draft.stageVariables = (properties.Variables ?? {}) as Record<string, string>;
  return { ref: draft.stageName };
};

/** Everything is live as soon as it is made. */
export const deployment: Provider = (resource) => {
  const id = physicalName(resource, undefined);
  return { ref: id, attributes: { DeploymentId: id } };
};
