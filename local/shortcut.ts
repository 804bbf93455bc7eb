/**
 * A way around the runtime's thread: some requests that SDK clients in functions make are answered in the functions' own threads. What the
 * runtime has to know of them is reported to it.
 */
import type { EndpointAnswer, EndpointRequest } from './contracts.ts';

/** What a service offers. */
export interface Shortcut<Data = unknown, Report = unknown> {
  /** The URL of a module that exports `open`, an {@link OpenShortcut}. */
  readonly module: string;
  /** What the module needs to know; it is copied into each thread. */
  readonly data: Data;
  /** Gets what the module reports, before the end of the invocation in which that was. */
  readonly onReport: (report: Report) => void;
}

/** @param accessKeyId of the function in whose thread this is */
export type OpenShortcut<Data, Report> = (
  data: Data,
  accessKeyId: string,
  report: (report: Report) => void,
) => OpenedShortcut;

export interface OpenedShortcut {
  /** The answer; undefined when the request has to go to the endpoint. */
  answer(request: EndpointRequest): Promise<EndpointAnswer> | undefined;
  /** Gets what the endpoint has answered to a request that went there. */
  learn(request: EndpointRequest, answer: EndpointAnswer): void;
}
