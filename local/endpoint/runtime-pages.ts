import type { EndpointAnswer, EndpointRequest } from '../contracts.ts';
import type { RuntimeMeter } from '../meter.ts';
import type { Total } from '../metrics.ts';
import { PROMETHEUS_TYPE, prometheusText } from './prometheus.ts';

/** What the pages show. */
export interface Shown {
  readonly meter: RuntimeMeter;
  readonly outputs: Readonly<Record<string, string>>;
  /** The last notifications of topics. */
  readonly notifications: () => unknown;
  /** The page of a path below `/_runtime/mails`; undefined where there is none. */
  readonly mails: (path: string) => EndpointAnswer | undefined;
  /** What roles may do, and whether that has been needed. */
  readonly grants: () => unknown;
  /** What was measured since the start. */
  readonly metrics: () => readonly Total[];
}

/** Pages about the runtime itself, beside the AWS protocols, for tests, benchmarks and people. */
export const runtimePages =
  ({ meter, outputs, notifications, mails, grants, metrics }: Shown) =>
  ({ method, path }: EndpointRequest): EndpointAnswer => {
    const mail = method === 'GET' ? mails(path) : undefined;
    if (mail) return mail;
    switch (`${method} ${path}`) {
      case 'GET /metrics':
        return { status: 200, headers: { 'content-type': PROMETHEUS_TYPE }, body: prometheusText(metrics()) };
      case 'GET /_runtime/outputs':
        return page(200, outputs);
      case 'GET /_runtime/notifications':
        return page(200, notifications());
      case 'GET /_runtime/grants':
        return page(200, grants());
      case 'GET /_runtime/meter':
        return page(200, meter.read());
      case 'POST /_runtime/meter/reset':
        meter.reset();
        return page(200, {});
      default:
        return page(404, {
          message:
            'This is the AWS endpoint of a Waybill runtime: point AWS_ENDPOINT_URL at it. ' +
            'It also has GET /metrics, GET /_runtime/outputs, GET /_runtime/notifications, GET /_runtime/mails, GET /_runtime/grants, GET /_runtime/meter and POST /_runtime/meter/reset.',
        });
    }
  };

const page = (status: number, content: unknown): EndpointAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});
