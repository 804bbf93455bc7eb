import type { Made, Resource } from '../../../../local/assembly/deploy.ts';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Callers } from '../../../../local/iam/callers.ts';
import { Policies } from '../../../../local/iam/policies.ts';
import type { Services } from '../../../../local/providers/provider.ts';
import { makeResource } from '../../../../local/providers/registry.ts';
import { RestApis } from '../../../../local/providers/rest-apis.ts';
import { testContext } from '../../../support/service-context.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

export interface RecordingServices {
  readonly services: Services;
  /** What was asked of services, such as `['sqs.define', {…}]`. */
  readonly calls: (readonly [string, ...unknown[]])[];
  /** Makes a resource whose properties are resolved already. */
  readonly make: (type: string, properties?: JsonObject, more?: Partial<Resource>) => Promise<Made>;
}

/** Services that note what they are asked; policies, callers and API drafts are the real ones. */
export function recordingServices(): RecordingServices {
  const calls: (readonly [string, ...unknown[]])[] = [];
  const noting = (service: string, answers: Readonly<Record<string, unknown>> = {}) =>
    new Proxy(
      {},
      {
        get:
          (_, operation: string) =>
          (...args: unknown[]) => {
            calls.push([`${service}.${operation}`, ...args]);
            return answers[operation];
          },
      },
    );
  const services = {
    context: testContext(new VirtualClock()),
    lambda: noting('lambda'),
    sqs: noting('sqs'),
    events: noting('events'),
    states: noting('states', { publishVersion: 'arn:aws:states:us-east-1:000000000000:stateMachine:saga:3' }),
    sqsSource: noting('sqsSource'),
    streamSource: noting('streamSource'),
    apiGateway: noting('apiGateway'),
    tables: noting('tables', { ensureTable: Promise.resolve({ arn: 'arn:table', streamArn: 'arn:table/stream' }) }),
    restApis: new RestApis(),
    policies: new Policies(),
    callers: new Callers(),
    queueUrl: (name: string) => `http://endpoint/000000000000/${name}`,
    onceMade: [],
  } as unknown as Services;
  return {
    services,
    calls,
    make: (type, properties = {}, more = {}) =>
      makeResource({ stack: 'Shop', logicalId: 'Thing', type, properties, assets: new Map(), ...more }, services),
  };
}
