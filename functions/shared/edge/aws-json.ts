/**
 * Calls of AWS services with the JSON protocol, for a service whose SDK client would be most of a bundle: that of Systems
 * Manager is 78 KB of shapes, of which a function uses two.
 * See docs/decisions/0070-policies-are-one-document.md.
 */
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';
import { DependencyUnavailable } from '../kernel/errors.ts';
import { exchangeAnywhere } from '../outbound/http-exchange.ts';
import { readEnvironment } from './environment.ts';
import { RequestHash } from './request-hash.ts';

export interface AwsJsonOptions {
  /** As hosts and signatures name the service, such as `ssm`. */
  readonly service: string;
  /** As `X-Amz-Target` names it, such as `AmazonSSM`. */
  readonly target: string;
  /** Of the protocol, as the service's API says. @default 1.1 */
  readonly version?: '1.0' | '1.1';
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  /** @default the process's own */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Carries out one operation by its name in the API. Tries once. @throws AwsJsonError, DependencyUnavailable */
export type AwsJsonCall = (operation: string, input: object) => Promise<unknown>;

/** What a service refused, under its own name of the error. */
export class AwsJsonError extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

const variables = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL: z.url().optional(),
});
const refusal = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });

export function awsJson({ service, target, version = '1.1', timeoutMs, environment }: AwsJsonOptions): AwsJsonCall {
  let known: Access | undefined;
  return async (operation, input) => {
    const { endpoint, signer } = (known ??= accessTo(service, environment));
    const { headers, body } = (await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: '/',
      headers: {
        host: endpoint.host,
        'content-type': `application/x-amz-json-${version}`,
        'x-amz-target': `${target}.${operation}`,
      },
      body: JSON.stringify(input),
    })) as SignedRequest;
    const { status, text } = await post(endpoint, headers, body, timeoutMs);
    if (status === 200) return text === '' ? {} : (JSON.parse(text) as unknown);
    throw refusalOf(status, text);
  };
}

interface SignedRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Access {
  readonly endpoint: URL;
  readonly signer: SignatureV4;
}

function accessTo(service: string, environment: NodeJS.ProcessEnv | undefined): Access {
  const found = readEnvironment(variables, environment);
  const region = found.AWS_REGION;
  return {
    endpoint: new URL(found.AWS_ENDPOINT_URL ?? `https://${service}.${region}.${domainOf(region)}`),
    signer: new SignatureV4({
      service,
      region,
      credentials: {
        accessKeyId: found.AWS_ACCESS_KEY_ID,
        secretAccessKey: found.AWS_SECRET_ACCESS_KEY,
        ...(found.AWS_SESSION_TOKEN ? { sessionToken: found.AWS_SESSION_TOKEN } : {}),
      },
      sha256: RequestHash,
    }),
  };
}

const domainOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

async function post({ href: url }: URL, headers: Record<string, string>, body: string, timeoutMs: number) {
  try {
    return await exchangeAnywhere({ method: 'POST', url, headers, body, timeoutMs });
  } catch (cause) {
    throw new DependencyUnavailable('A service of AWS did not answer.', { cause });
  }
}

function refusalOf(status: number, text: string): Error {
  try {
    const { __type, message, Message } = refusal.parse(JSON.parse(text));
    return new AwsJsonError(__type.split('#').at(-1)!, message ?? Message ?? '', status);
  } catch {
    return new DependencyUnavailable(`A service of AWS answered ${status} without a reason.`);
  }
}
