import { logger } from '../edge/logger.ts';
import { emitMetric, emitMetrics, type Metric } from '../edge/metrics.ts';
import { currentSpan } from '../trace/span.ts';
import type { CircuitObserver } from './circuit/shared-circuit.ts';
import type { CredentialObserver } from './credentials/ports.ts';
import {
  CIRCUIT_CHANGES,
  CIRCUIT_STORE_UNAVAILABLE,
  CREDENTIAL_REFUSED,
  CREDENTIAL_UNAVAILABLE,
  PARTNER_CALL_DURATION,
  PARTNER_CALLS,
  PARTNER_FAILURES,
  PARTNER_REJECTIONS,
  PARTNER_RETRIES,
} from './metrics.ts';
import type { EndedCall } from './policy-chain.ts';

/** Tells the log and CloudWatch what happens on the way to partners: one line for each call. */
export const chainMetrics: CircuitObserver & { readonly ended: (call: EndedCall) => void } = {
  ended: ({ partner, operation, outcome, tries, durationMs }) => {
    const made: [Metric, number][] = [
      [PARTNER_CALLS, 1],
      [PARTNER_CALL_DURATION, durationMs],
      ...(outcome === 'failed' ? [[PARTNER_FAILURES, 1] satisfies [Metric, number]] : []),
      ...(tries > 1 ? [[PARTNER_RETRIES, tries - 1] satisfies [Metric, number]] : []),
    ];
    emitMetrics(outcome === 'rejected' ? [[PARTNER_REJECTIONS, 1]] : made, {
      dimensions: { Partner: partner },
      properties: { operation, ...orderOfWork() },
    });
  },

  changed: (partner, state) => {
    emitMetric(CIRCUIT_CHANGES[state], 1, { dimensions: { Partner: partner } });
    logger.warn('The circuit of a partner has changed.', { partner, state });
  },

  storeUnavailable: (partner, cause) => {
    emitMetric(CIRCUIT_STORE_UNAVAILABLE, 1, { dimensions: { Partner: partner } });
    logger.warn('A call goes on with what is known of its partner: the store does not answer.', {
      partner,
      cause: cause instanceof Error ? cause.name : undefined,
    });
  },
};

/** The order that the call is for, so that its lines in the log are found together. */
function orderOfWork(): Readonly<Record<string, string>> {
  const { orderId, correlationId } = currentSpan() ?? {};
  return { ...(orderId === undefined ? {} : { orderId }), ...(correlationId === undefined ? {} : { correlationId }) };
}

/** Tells the log and CloudWatch what is wrong with a credential; never the credential. */
export const credentialMetrics: CredentialObserver = {
  refused: (partner, keyId, status) => {
    emitMetric(CREDENTIAL_REFUSED, 1, { dimensions: { Partner: partner } });
    logger.error('A partner does not accept our credential.', { partner, keyId, status });
  },

  unavailable: (partner, cause) => {
    emitMetric(CREDENTIAL_UNAVAILABLE, 1, { dimensions: { Partner: partner } });
    logger.error('The credential for a partner could not be read.', {
      partner,
      error: cause instanceof Error ? cause.name : undefined,
      reason: cause instanceof Error ? cause.message : undefined,
    });
  },
};
