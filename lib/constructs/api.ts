import { Duration, Fn, Size, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  type MethodOptions,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { needsToken, type Route } from '../../functions/shared/http/route.ts';
import { environmentOf, removalPolicyOf } from '../stages/environment.ts';
import { alarm } from './alarms.ts';
import { serveAt } from './api-domain.ts';
import { answerInProblemDocuments } from './problem-responses.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { refuseOtherMethods } from './unsupported-methods.ts';
import { LIVE, type WaybillFunction } from './waybill-function.ts';
import { protect } from './web-acl.ts';

/** A route of the API and the function that answers it. */
export interface Endpoint {
  readonly route: Route;
  readonly handler: WaybillFunction;
}

export interface ApiProps {
  /** Checks the caller's token, before every endpoint that needs one. */
  readonly authoriser: WaybillFunction;
  /** The issuer of the callers' tokens; an answer 401 names it. */
  readonly issuer: TokenIssuer;
  readonly endpoints: readonly Endpoint[];
  /** What is beside the API on its host; the paths of these routes begin at its root. @default nothing */
  readonly pages?: readonly Endpoint[];
  /** Requests per second that the stage takes on average before it answers 429. @default 1000 */
  readonly requestsPerSecond?: number;
  /** Requests that the stage takes at once. @default 500 */
  readonly burst?: number;
}

/** A little more than the functions' own timeout, so that the function ends a slow request. */
const INTEGRATION_TIMEOUT = Duration.seconds(12);

/**
 * How long API Gateway keeps the answer for a token. A token is accepted that much beyond its end, and the authoriser
 * runs once a minute for a busy caller.
 */
const TOKEN_TAKEN_FOR_GRANTED = Duration.minutes(1);

/**
 * What a token that the authoriser could accept looks like: the compact form of a signed JSON Web Token (RFC 7515, 7.1), behind
 * its scheme in any case. The shortest signature is that of ES256, 64 bytes. API Gateway answers 401 to anything else by itself, so
 * that it costs no invocation.
 */
const LOOKS_LIKE_A_TOKEN = '^[Bb][Ee][Aa][Rr][Ee][Rr] +[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86,}=*$';

const STAGE = 'live';

/** Answers of this size and more are compressed for clients that say that they read it: files of the console, and long lists. */
const WORTH_COMPRESSING = Size.kibibytes(8);
/** The operation whose method has metrics of its own: an objective is held by them. */
const MEASURED = 'createOrder';

/** For the few methods that are open to all; every other method needs a token. */
const OPEN_TO_ALL: MethodOptions = { authorizationType: AuthorizationType.NONE };

/** What callers without a token can use together of each method that is open to all; the rest is refused before it costs an invocation. */
const OPEN_LIMITS = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };
/** A method with limits of its own follows no other setting of the stage. */
const EVERY_METHOD: MethodDeploymentOptions = {
  // API Gateway counts for the API as a whole at no cost, and each function of an endpoint has metrics of its own. Those of methods cost by the month.
  metricsEnabled: false,
  loggingLevel: MethodLoggingLevel.ERROR,
  dataTraceEnabled: false,
};

/**
 * What is worth knowing of a request, and whose it was: the subject of the token, which is an id of the issuer's. Nothing else of the sender, and nothing
 * that the sender wrote.
 */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    method: '$context.httpMethod',
    resource: '$context.resourcePath',
    caller: '$context.authorizer.principalId',
    role: '$context.authorizer.role',
    status: '$context.status',
    responseLength: '$context.responseLength',
    responseLatency: '$context.responseLatency',
    integrationLatency: '$context.integration.latency',
    integrationStatus: '$context.integration.integrationStatus',
    error: '$context.error.responseType',
  }),
);

/** The public HTTP API, version 1. Bodies are validated by the functions, which say precisely what is wrong. */
export class Api extends Construct {
  readonly url: string;
  /** By which metrics know it. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { prefix, isNamed, setsAccountLogging, auditRetention, domain, requestsPerAddress } = environmentOf(this);
    const limits = {
      throttlingRateLimit: props.requestsPerSecond ?? 1_000,
      throttlingBurstLimit: props.burst ?? 500,
    };
    const served = [
      ...props.endpoints.map((endpoint) => ({ ...endpoint, path: pathOf(endpoint.route) })),
      ...(props.pages ?? []).map((page) => ({ ...page, path: page.route.path })),
    ];
    const api = new RestApi(this, 'Api', {
      description: 'Waybill',
      ...(isNamed ? { restApiName: prefix } : {}),
      endpointTypes: [EndpointType.REGIONAL],
      // Clients that know the other name would go around what is set for the domain.
      ...(domain ? { disableExecuteApiEndpoint: true } : {}),
      // Logs need a role that an account has once in a region; where it has none, a first deployment fails without this.
      minCompressionSize: WORTH_COMPRESSING,
      cloudWatchRole: setsAccountLogging,
      defaultMethodOptions: {
        authorizationType: AuthorizationType.CUSTOM,
        authorizer: new TokenAuthorizer(this, 'Authoriser', {
          handler: here(this, props.authoriser),
          resultsCacheTtl: TOKEN_TAKEN_FOR_GRANTED,
          validationRegex: LOOKS_LIKE_A_TOKEN,
        }),
      },
      deployOptions: {
        stageName: STAGE,
        ...EVERY_METHOD,
        methodOptions: Object.fromEntries(
          served.flatMap(({ route, path }): [string, MethodDeploymentOptions][] => {
            const method = `${path}/${route.method}`;
            if (!needsToken(route)) return [[method, { ...EVERY_METHOD, ...OPEN_LIMITS }]];
            return route.operationId === MEASURED
              ? [[method, { ...EVERY_METHOD, ...limits, metricsEnabled: true }]]
              : [];
          }),
        ),
        ...limits,
        accessLogDestination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            retention: auditRetention,
            removalPolicy: removalPolicyOf(this),
          }),
        ),
        accessLogFormat: ACCESS_LOG,
      },
    });
    this.name = api.restApiName;
    this.url = domain ? serveAt(api, domain) : api.url;
    if (requestsPerAddress !== undefined) protect(api.deploymentStage, requestsPerAddress);

    for (const [path, endpoints] of Map.groupBy(served, (each) => each.path)) {
      const resource = api.root.resourceForPath(path);
      for (const { route, handler } of endpoints) {
        resource.addMethod(route.method, invoke(here(resource, handler)), needsToken(route) ? {} : OPEN_TO_ALL);
      }
      refuseOtherMethods(
        resource,
        endpoints.map(({ route }) => route.method),
      );
    }
    answerInProblemDocuments(api, props.issuer.url);

    alarm(this, 'ServerErrors', {
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Average' }),
      threshold: 0.01,
      evaluationPeriods: 2,
      severity: 'critical',
      description: 'One request in a hundred or more is answered with a 5xx.',
      runbook: 'api-server-errors',
    });
    acknowledgeFindings(api, { hasWebAcl: requestsPerAddress !== undefined });
    if (setsAccountLogging) acknowledgeAccountRole(api);
  }
}

/** The dimensions of the metrics of a method that has its own. */
export const methodMetrics = (apiName: string, route: Pick<Route, 'path' | 'method'>) => ({
  ApiName: apiName,
  Resource: pathOf(route),
  Method: route.method,
  Stage: STAGE,
});

const pathOf = ({ path }: Pick<Route, 'path'>): string => `/api/v1${path}`;

function invoke(handler: IFunction): LambdaIntegration {
  return new LambdaIntegration(handler, { timeout: INTEGRATION_TIMEOUT, allowTestInvoke: false });
}

/**
 * The live version of a function of another stack, by a name that is made of the function's: what API Gateway is permitted to do with it is in the stack of the API, which
 * knows both.
 */
function here(scope: Construct, handler: WaybillFunction): IFunction {
  const live = handler.live === handler ? [] : [LIVE];
  const functionArn = Fn.join(':', [handler.functionArn, ...live]);
  return LambdaFunction.fromFunctionAttributes(scope, handler.node.id, { functionArn, sameEnvironment: true });
}

function acknowledgeFindings(api: RestApi, { hasWebAcl }: { readonly hasWebAcl: boolean }): void {
  const findings = {
    'AwsSolutions-APIG2':
      'The functions validate: their problem documents name each field that is wrong, API Gateway only says that something is.',
    ...(hasWebAcl
      ? {}
      : { 'AwsSolutions-APIG3': 'A stage has a web ACL when it says so (requestsPerAddress): it costs by the month.' }),
    'AwsSolutions-APIG4':
      'Health, the API document and the pages of the console are for everybody, and methods that a path does not have are refused to everybody; every other method has the authoriser.',
    'AwsSolutions-COG4':
      "Callers come from any OpenID Connect issuer; a Lambda authoriser checks their tokens, Cognito's own knows only Cognito.",
  };
  for (const [id, reason] of Object.entries(findings)) Validations.of(api).acknowledge({ id, reason });
}

function acknowledgeAccountRole(api: RestApi): void {
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'The role belongs to API Gateway in the whole account, not to this app; AWS keeps the policy that it needs.',
  });
}
