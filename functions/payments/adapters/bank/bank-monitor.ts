import { logger } from '../../../shared/edge/logger.ts';
import { emitMetric } from '../../../shared/edge/metrics.ts';
import type { BankMonitor } from '../../application/bank-ports.ts';
import { STATEMENT_GAPS, STRANDED_TRANSFERS, UNMATCHED_TRANSFERS } from '../metrics.ts';

/** A line of log each; what a person has to see to is a metric with an alarm. */
export const bankMonitor: BankMonitor = {
  gap: (detail) => {
    emitMetric(STATEMENT_GAPS, 1);
    logger.error('A statement of the bank does not follow on from the last one.', { detail });
  },
  unknown: (transferId) => logger.warn('A transfer quotes no reference of ours: a person decides.', { transferId }),
  waiting: (count) => emitMetric(UNMATCHED_TRANSFERS, count),
  stranded: (transferId) => {
    emitMetric(STRANDED_TRANSFERS, 1);
    logger.error('A transfer cannot be given back, or one of ours came back.', { transferId });
  },
};
