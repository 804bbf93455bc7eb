/** Where spans are sent: OpenTelemetry's own variables say so. */
import type { ExportTraceServiceRequest } from './otlp.ts';

const TIMEOUT_MS = 10_000;

export interface Collector {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The collector that the environment names; undefined when it names none.
 * @throws Error for an address or a protocol that is not possible
 */
export function collectorIn(environment: NodeJS.ProcessEnv): Collector | undefined {
  const {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ofTraces,
    OTEL_EXPORTER_OTLP_ENDPOINT: ofAll,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol = 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: headers = '',
  } = environment;
  const [variable, text] = ofTraces
    ? ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', ofTraces]
    : ['OTEL_EXPORTER_OTLP_ENDPOINT', ofAll];
  if (!text) return undefined;
  if (protocol !== 'http/json') {
    throw new Error(`OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}"; expected http/json, usually at port 4318.`);
  }
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(`${variable} is "${text}"; expected an address such as http://127.0.0.1:4318.`);
  }
  const url = ofTraces ? text : `${text.replace(/\/+$/, '')}/v1/traces`;
  return { url, headers: headersIn(headers) };
}

/** As `key=value,key=value`, values encoded as in URLs. */
const headersIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.split('='))
      .filter(([name]) => name?.trim())
      .map(([name, ...value]) => [name!.trim(), decodeURIComponent(value.join('=').trim())]),
  );

/** @throws Error that says what the collector answered, or that it did not */
export async function sendSpans({ url, headers }: Collector, request: ExportTraceServiceRequest): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new Error(`Nothing takes spans at ${url}.`, { cause });
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The collector at ${url} answered ${answer.status}: ${text.slice(0, 200)}`);
}
