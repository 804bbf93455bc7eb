import { emitMetric } from '../../shared/edge/metrics.ts';
import type { PartnerMonitor } from '../application/ports.ts';
import { CERTIFICATE_ENDING, INSTANCES_NOT_UP } from './metrics.ts';

/** What the checks found as metrics: instances that are not up, with their ids for searching, and certificates that end soon. */
export const partnerMonitor: PartnerMonitor = {
  instancesChecked(partner, instances) {
    const notUp = instances.filter(({ status }) => status !== 'up').map(({ id }) => id);
    emitMetric(INSTANCES_NOT_UP, notUp.length, {
      dimensions: { Partner: partner },
      properties: { instances: instances.length, notUp: notUp.join(' ') },
    });
  },

  certificateChecked(partner, { daysLeft, isEnding }) {
    emitMetric(CERTIFICATE_ENDING, isEnding ? 1 : 0, { dimensions: { Partner: partner }, properties: { daysLeft } });
  },
};
