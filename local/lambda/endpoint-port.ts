import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { EndpointAnswer, EndpointRequest } from '../contracts.ts';
import type { EndpointCall, EndpointReply } from './protocol.ts';

/** Makes the port for one worker, which is closed with the worker. `answer` must not reject. */
export function servedPort(answer: (request: EndpointRequest) => Promise<EndpointAnswer>): MessagePort {
  const { port1: near, port2: far } = new MessageChannel();
  near.on('message', ({ id, request }: EndpointCall) => {
    void answer(request).then((answered) => near.postMessage({ id, answer: answered } satisfies EndpointReply));
  });
  // An idle worker does not keep the process alive.
  near.unref();
  return far;
}
