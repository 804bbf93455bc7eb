import type { JsonObject } from '../contracts.ts';
import { number, objects, present, text, textOf } from '../properties.ts';
import { ignored, type MakeResource, physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { MethodLimits, MethodSetting } from './api-definition.ts';
import type { ApiDrafts } from './api-draft.ts';
import { invokedBy, makeMethod } from './method-resource.ts';

export const apiResources = (drafts: ApiDrafts): ResourceTypes => ({
  'AWS::ApiGateway::Account': ignored,
  'AWS::ApiGateway::Authorizer': makeAuthorizer(drafts),
  // Everything is live as soon as it is made.
  'AWS::ApiGateway::Deployment': (resource) => {
    const id = physicalName(resource, undefined);
    return { ref: id, attributes: { DeploymentId: id } };
  },
  'AWS::ApiGateway::GatewayResponse': makeGatewayResponse(drafts),
  'AWS::ApiGateway::Method': makeMethod(drafts),
  'AWS::ApiGateway::Model': (resource) => {
    const { RestApiId, Name, Schema } = resource.properties;
    const name = physicalName(resource, Name);
    drafts.of(textOf(RestApiId)).models.set(name, Schema as JsonObject);
    return { ref: name };
  },
  'AWS::ApiGateway::RequestValidator': (resource) => {
    const { RestApiId, ValidateRequestBody, ValidateRequestParameters } = resource.properties;
    const id = physicalName(resource, undefined);
    drafts
      .of(textOf(RestApiId))
      .validators.set(id, { body: ValidateRequestBody === true, parameters: ValidateRequestParameters === true });
    return { ref: id, attributes: { RequestValidatorId: id } };
  },
  'AWS::ApiGateway::Resource': (resource) => {
    const { RestApiId, ParentId, PathPart } = resource.properties;
    const id = physicalName(resource, undefined);
    drafts.of(textOf(RestApiId)).resources.push({ id, parentId: textOf(ParentId), pathPart: textOf(PathPart) });
    return { ref: id, attributes: { ResourceId: id } };
  },
  'AWS::ApiGateway::RestApi': (resource) => {
    refuseProperties(resource, ['Body', 'BodyS3Location', 'Policy']);
    const { Name, BinaryMediaTypes, MinimumCompressionSize } = resource.properties;
    const id = physicalName(resource, undefined);
    const draft = drafts.of(id);
    draft.name = text(Name) ?? id;
    draft.binaryMediaTypes = (BinaryMediaTypes ?? []) as string[];
    Object.assign(draft, present({ minimumCompressionSize: number(MinimumCompressionSize) }));
    return { ref: id, attributes: { RestApiId: id, RootResourceId: draft.rootResourceId } };
  },
  'AWS::ApiGateway::Stage': ({ properties }) => {
    const draft = drafts.of(textOf(properties.RestApiId));
    draft.stageName = textOf(properties.StageName);
    draft.stageVariables = (properties.Variables ?? {}) as Record<string, string>;
    const settings = objects(properties.MethodSettings);
    draft.methodLimits = settings.flatMap(limitsIn);
    draft.measured = settings.filter(({ MetricsEnabled }) => MetricsEnabled === true).map(methodOf);
    return { ref: draft.stageName };
  },
});

function limitsIn(settings: JsonObject): MethodLimits[] {
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = settings;
  const [perSecond, burst] = [number(ThrottlingRateLimit), number(ThrottlingBurstLimit)];
  if (perSecond === undefined || burst === undefined) return [];
  return [{ ...methodOf(settings), perSecond, burst }];
}

/** The path of a setting begins with a slash, and has `~1` for each other one. */
const methodOf = ({ ResourcePath, HttpMethod }: JsonObject): MethodSetting => ({
  path: textOf(ResourcePath).replace(/^\/~1/, '/').replaceAll('~1', '/'),
  httpMethod: textOf(HttpMethod),
});

const makeGatewayResponse =
  (drafts: ApiDrafts): MakeResource =>
  (resource) => {
    const { RestApiId, ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = resource.properties;
    drafts.of(textOf(RestApiId)).gatewayResponses.push({
      responseType: textOf(ResponseType),
      ...present({
        statusCode: text(StatusCode),
        responseParameters: ResponseParameters as Record<string, string> | undefined,
        responseTemplates: ResponseTemplates as Record<string, string> | undefined,
      }),
    });
    return { ref: physicalName(resource, undefined) };
  };

const makeAuthorizer =
  (drafts: ApiDrafts): MakeResource =>
  (resource) => {
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
    drafts.of(textOf(RestApiId)).authorizers.push({
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
