import { reported } from '../../shared/edge/faults.ts';
import { logger } from '../../shared/edge/logger.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { FilingMonitor } from '../application/ports.ts';
import { DEAD_LETTERS_WAITING } from './metrics.ts';

export const filingMonitor: FilingMonitor = {
  filed: (queue, letterId, about) => logger.warn('A dead letter is filed.', { queue, letterId, ...about }),
  notFiled: (error, queue, messageId) =>
    reported(error, 'A dead letter could not be filed. It stays in its queue.', { queue, messageId }),
  waiting: (letters) => emitMetric(DEAD_LETTERS_WAITING, letters),
};
