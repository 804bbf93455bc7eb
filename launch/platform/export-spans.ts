import { SFNClient } from '@aws-sdk/client-sfn';
import { traceIdOf } from '../../functions/shared/trace/trace-context.ts';
import type { Runtime } from '../../local/boot.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { LogFolder } from '../logs/log-folder.ts';
import { type Collector, sendSpans } from '../trace/collector.ts';
import { ON_THIS_MACHINE } from '../trace/origin.ts';
import { otlpOf } from '../trace/otlp.ts';
import { SpanExport } from '../trace/span-export.ts';

/** Sends the spans of what functions log from now on to a collector. Returns what sends the rest and ends that. */
export function exportSpans(
  runtime: Pick<Runtime, 'endpointUrl' | 'onEvent'>,
  { collector, logDir }: { readonly collector: Collector; readonly logDir: string },
): () => Promise<void> {
  const exported = new SpanExport({
    logs: LogFolder.fromNow(logDir),
    sfn: new SFNClient(operatorClientConfig(runtime.endpointUrl)),
    send: (spans) => sendSpans(collector, otlpOf(spans, ON_THIS_MACHINE)),
    warn: (message) => console.warn(message),
  });
  const unsubscribe = runtime.onEvent(({ source, detail }) => {
    const { executionArn, name, status } = (detail ?? {}) as { readonly [Field in string]?: unknown };
    if (source !== 'aws.states' || status === 'RUNNING' || typeof name !== 'string') return;
    exported.executionEnded(String(executionArn), traceIdOf(name.slice(0, 36)));
  });
  exported.start();
  return async () => {
    unsubscribe();
    await exported.close();
  };
}
