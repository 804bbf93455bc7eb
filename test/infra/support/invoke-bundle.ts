/**
 * A thread: loads a minified bundle and, given an event, invokes its handler. Tells `{loaded}`, with it the `result` or the failure as
 * Lambda reports it, `errorType` and `errorMessage`. The environment is the function's.
 */
import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

export interface Invocation {
  readonly file: string;
  /** @default the handler is not invoked */
  readonly event?: unknown;
  /** Where Node keeps what it has compiled. @default nowhere */
  readonly compiled?: string | undefined;
}

const { file, event, compiled } = workerData as Invocation;
// To compile each bundle anew would take two thirds of the time of the tests.
if (compiled !== undefined) enableCompileCache(compiled);
const tell = (outcome: object) => parentPort!.postMessage(JSON.stringify(outcome));

const { handler } = (await import(pathToFileURL(file).href)) as { handler: unknown };
if (typeof handler !== 'function') throw new Error(`${file} exports no handler`);
if (event === undefined) {
  tell({ loaded: true });
} else {
  try {
    tell({
      loaded: true,
      result: (await handler(event, {
        awsRequestId: 'test',
        getRemainingTimeInMillis: () => 10_000,
      })) as unknown,
    });
  } catch (error) {
    const { name, message } = error as Error;
    tell({ loaded: true, errorType: name, errorMessage: message });
  }
}
