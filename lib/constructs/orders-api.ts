import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../functions/shared/edge/metrics.ts';
import { RATE_LIMITER_UNAVAILABLE } from '../../functions/shared/rate-limit/metrics.ts';
import { alarm } from './alarms.ts';
import { answerInProblemDocuments } from './problem-responses.ts';
import type { IssuerProps } from './waybill-function.ts';

/** One operation of the API and the function that answers it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly handler: IFunction;
  /** Anybody may call it, without a token. @default only who has a token */
  readonly openToAll?: true;
}

export interface OrdersApiProps {
  /** Asked who calls, before everything that is not open to all. */
  readonly authoriseRequest: IFunction;
  /** Where callers get their tokens; an answer 401 names it. */
  readonly issuer: IssuerProps;
  readonly routes: readonly Route[];
  /** Requests per second that the stage takes on average before it answers 429. @default 1000 */
  readonly requestsPerSecond?: number;
  /** Requests that the stage takes at once. @default 500 */
  readonly burst?: number;
  /** How long the access log is kept. @default one month */
  readonly logRetention?: RetentionDays;
}

/** A little more than the functions' own timeout, so that it is theirs that ends a slow request. */
const INTEGRATION_TIMEOUT = Duration.seconds(12);

/**
 * How long API Gateway takes the same token for granted. A token can outlive its end by as much, and the authoriser runs
 * once a minute for a busy caller.
 */
const TOKEN_TAKEN_FOR_GRANTED = Duration.minutes(1);

/** For the few methods that anybody may call; whatever says nothing needs a token. */
const OPEN_TO_ALL: MethodOptions = { authorizationType: AuthorizationType.NONE };

/** What is worth knowing of a request, without anything that its sender wrote or that tells who it is. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    method: '$context.httpMethod',
    resource: '$context.resourcePath',
    status: '$context.status',
    responseLength: '$context.responseLength',
    responseLatency: '$context.responseLatency',
    integrationLatency: '$context.integration.latency',
    integrationStatus: '$context.integration.integrationStatus',
    error: '$context.error.responseType',
    traceId: '$context.xrayTraceId',
  }),
);

/** The public HTTP API of orders, version 1. Bodies are validated by the functions, which say precisely what is wrong. */
export class OrdersApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: OrdersApiProps) {
    super(scope, id);
    const api = new RestApi(this, 'Api', {
      description: 'Waybill orders',
      endpointTypes: [EndpointType.REGIONAL],
      // Access logs need a role that is set once for the account; without this a first deployment fails.
      cloudWatchRole: true,
      defaultMethodOptions: {
        authorizationType: AuthorizationType.CUSTOM,
        authorizer: new TokenAuthorizer(this, 'Authoriser', {
          handler: props.authoriseRequest,
          resultsCacheTtl: TOKEN_TAKEN_FOR_GRANTED,
        }),
      },
      deployOptions: {
        stageName: 'live',
        tracingEnabled: true,
        metricsEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        throttlingRateLimit: props.requestsPerSecond ?? 1_000,
        throttlingBurstLimit: props.burst ?? 500,
        accessLogDestination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            retention: props.logRetention ?? RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        accessLogFormat: ACCESS_LOG,
      },
    });
    this.url = api.url;

    for (const { method, path, handler, openToAll } of props.routes) {
      api.root.resourceForPath(`/api/v1${path}`).addMethod(method, invoke(handler), openToAll ? OPEN_TO_ALL : {});
    }
    answerInProblemDocuments(api, props.issuer);

    alarm(this, 'ServerErrors', {
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Average' }),
      threshold: 0.01,
      evaluationPeriods: 2,
      description:
        "One request in a hundred is answered with a 5xx. The access log says which, the functions' logs why.",
    });
    alarm(this, 'RateLimiterUnavailable', {
      metric: new Metric({
        namespace: METRICS_NAMESPACE,
        metricName: RATE_LIMITER_UNAVAILABLE.name,
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 10,
      description:
        "Requests are answered without the limit of their callers: its table does not answer within a quarter of a second. The functions' logs say why.",
    });
    acknowledgeFindings(api);
  }
}

function invoke(handler: IFunction): LambdaIntegration {
  return new LambdaIntegration(handler, { timeout: INTEGRATION_TIMEOUT, allowTestInvoke: false });
}

function acknowledgeFindings(api: RestApi): void {
  const findings = {
    'AwsSolutions-APIG2':
      'The functions validate: their problem documents name each field that is wrong, API Gateway only says that something is.',
    'AwsSolutions-APIG3': 'A web ACL belongs to the account that publishes the API, with the rules of its owner.',
    'AwsSolutions-APIG4': 'Health and the API document are for everybody; every other method has the authoriser.',
    'AwsSolutions-COG4':
      "Callers come from any OpenID Connect issuer; a Lambda authoriser checks their tokens, Cognito's own knows only Cognito.",
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'The role belongs to API Gateway in the whole account, not to this app; AWS keeps the policy that it needs.',
  };
  for (const [id, reason] of Object.entries(findings)) Validations.of(api).acknowledge({ id, reason });
}
