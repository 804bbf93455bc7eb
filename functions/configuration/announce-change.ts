import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { EVENT_SOURCES } from '../published/event-sources.ts';
import { CONFIGURATION_REFUSED } from '../shared/configuration/metrics.ts';
import { queueConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { logger } from '../shared/edge/logger.ts';
import { emitMetric } from '../shared/edge/metrics.ts';
import { EventBridgePublisher } from '../shared/event-log/event-bridge-publisher.ts';
import { type AnnounceDeps, announceChanges } from './application/announce-changes.ts';
import { storedConfiguration } from './composition.ts';

/** Systems Manager's notice that a parameter was changed. */
const notice = z.object({ time: z.iso.datetime() });

/** Publishes each change of the configuration, whoever made it, and reports what is wrong. */
export const makeHandler = (deps: AnnounceDeps) => queueConsumer(notice, ({ time }) => announceChanges(deps, time));

const { EVENT_BUS_NAME } = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));
export const handler: SQSHandler = makeHandler({
  ...storedConfiguration(),
  events: new EventBridgePublisher(EVENT_BUS_NAME, EVENT_SOURCES.configuration),
  onRefused: (version, author, faults) => {
    emitMetric(CONFIGURATION_REFUSED, 1);
    logger.error('A version of the configuration is wrong; the one before stays in force.', {
      version,
      author,
      faults,
    });
  },
});
