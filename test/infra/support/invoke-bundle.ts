/**
 * A program: loads a minified bundle and, given an event as JSON, invokes its handler. Prints `{loaded}`, with it
 * the `result` or the failure as Lambda reports it, `errorType` and `errorMessage`. The environment is the function's.
 */
import { pathToFileURL } from 'node:url';

// It was for Node, which has read it: the function sees only its own environment.
delete process.env['NODE_COMPILE_CACHE'];
const [file, event] = process.argv.slice(2);
const print = (outcome: object) => process.stdout.write(JSON.stringify(outcome));

const { handler } = (await import(pathToFileURL(file!).href)) as { handler: unknown };
if (typeof handler !== 'function') throw new Error(`${file} exports no handler`);
if (event === undefined) {
  print({ loaded: true });
} else {
  try {
    print({
      loaded: true,
      result: (await handler(JSON.parse(event), {
        awsRequestId: 'test',
        getRemainingTimeInMillis: () => 10_000,
      })) as unknown,
    });
  } catch (error) {
    const { name, message } = error as Error;
    print({ loaded: true, errorType: name, errorMessage: message });
  }
}
