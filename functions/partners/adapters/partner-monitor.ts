import { emitMetric } from '../../shared/edge/metrics.ts';
import type { PartnerMonitor } from '../application/ports.ts';
import { INSTANCES_NOT_UP } from './metrics.ts';

/** The instances that are not up as a metric, with their ids for searching. */
export const partnerMonitor: PartnerMonitor = {
  instancesChecked(partner, instances) {
    const notUp = instances.filter(({ status }) => status !== 'up').map(({ id }) => id);
    emitMetric(INSTANCES_NOT_UP, notUp.length, {
      dimensions: { Partner: partner },
      properties: { instances: instances.length, notUp: notUp.join(' ') },
    });
  },
};
