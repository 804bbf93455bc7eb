/**
 * Stands in for `@smithy/core/event-streams` in the bundles. Clients load it for operations that stream events, which none that functions call
 * does: it is fourteen kilobytes of every cold start.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('No operation that streams events can be called from this bundle (lib/bundling/event-streams.ts).');
  }
}

export const eventStreamSerdeProvider = (): undefined => undefined;
