import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { CloudWatchAlarms } from './adapters/cloudwatch-alarms.ts';
import type { Alarms } from './application/ports.ts';
import { byUrgency } from './domain/alarms.ts';
import { listAlarms } from './routes.ts';

/** `GET /api/v1/alarms`: every alarm with its state, severity and runbook; for operators. */
export const makeHandler = ({ alarms }: { readonly alarms: Alarms }) =>
  endpoint(listAlarms, async () => ({ status: 200, body: { alarms: (await alarms.all()).sort(byUrgency) } }));

export const handler: Handler = limited(makeHandler({ alarms: new CloudWatchAlarms() }));
