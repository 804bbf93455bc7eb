import type { JsonObject } from '../contracts.ts';

/** A REST API with its one deployed stage; property names are the template's, in camel case. */
export interface RestApiDefinition {
  readonly id: string;
  readonly name: string;
  readonly rootResourceId: string;
  readonly resources: readonly ResourceDefinition[];
  readonly methods: readonly MethodDefinition[];
  readonly gatewayResponses?: readonly GatewayResponseDefinition[];
  readonly authorizers?: readonly AuthorizerDefinition[];
  readonly stageName: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  /** Of the stage; a method without limits of its own has those of all. @default no limits */
  readonly methodLimits?: readonly MethodLimits[];
  /** The methods that are measured apart, too. @default none */
  readonly measured?: readonly MethodSetting[];
  /** Media types whose bodies reach functions in base64; `*` stands for all. */
  readonly binaryMediaTypes?: readonly string[];
  /** Answers of so many bytes and more are compressed for clients that read gzip. @default none is */
  readonly minimumCompressionSize?: number;
}

/** What a setting of a stage is for. */
export interface MethodSetting {
  /** The full path as it is defined, such as `/orders/{orderId}`; `/*` stands for all. */
  readonly path: string;
  /** `*` stands for all. */
  readonly httpMethod: string;
}

/** How many requests the stage takes for a method. */
export interface MethodLimits extends MethodSetting {
  readonly perSecond: number;
  /** Requests at once. */
  readonly burst: number;
}

/** One path segment below its parent; the root is not listed. */
export interface ResourceDefinition {
  readonly id: string;
  readonly parentId: string;
  /** A literal, `{name}` or `{name+}`. */
  readonly pathPart: string;
}

export interface MethodDefinition {
  readonly resourceId: string;
  /** `ANY` stands for the methods that the resource does not name. */
  readonly httpMethod: string;
  readonly integration: IntegrationDefinition;
  /** @default NONE */
  readonly authorizationType?: string;
  /** Of `RestApiDefinition.authorizers`; needed when `authorizationType` is CUSTOM. */
  readonly authorizerId?: string;
  /** A JSON schema (draft 4) that the body must satisfy: the method's model, when its validator validates bodies. */
  readonly bodySchema?: JsonObject;
  /** Names of query parameters and headers without which a request is refused, when its validator validates parameters. */
  readonly requiredQueryParameters?: readonly string[];
  readonly requiredHeaders?: readonly string[];
}

export type IntegrationDefinition =
  | { readonly type: 'AWS_PROXY'; readonly functionArn: string /** @default 29000 */; readonly timeoutMs?: number }
  | {
      readonly type: 'MOCK';
      readonly statusCode: number;
      /** A `'literal'` or a context expression by name. */
      readonly headers?: Readonly<Record<string, string>>;
      /** A template. */
      readonly body?: string;
    };

export interface GatewayResponseDefinition {
  /** Such as `MISSING_AUTHENTICATION_TOKEN` or `DEFAULT_4XX`. */
  readonly responseType: string;
  readonly statusCode?: string;
  /** As in the template: `gatewayresponse.header.<Name>` to `'literal'` or a context expression. */
  readonly responseParameters?: Readonly<Record<string, string>>;
  /** By content type. */
  readonly responseTemplates?: Readonly<Record<string, string>>;
}

export interface AuthorizerDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: 'TOKEN' | 'REQUEST';
  readonly functionArn: string;
  /** Such as `method.request.header.Authorization`; several are separated by commas. */
  readonly identitySource?: string;
  /** Of a TOKEN authoriser: a token that does not match is refused without asking the function. */
  readonly identityValidationExpression?: string;
  /** How long an answer counts for the same identity; 0 asks every time. @default 300 */
  readonly resultTtlInSeconds?: number;
}
