import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { consoleSettings, consoleSite } from './composition.ts';
import { consolePages } from './http/console-pages.ts';
import { getConsole } from './routes.ts';

/** `GET /console` and below: the operations console, as the build has made it, and what it has to know of this deployment. */
export const handler: Handler = endpoint(getConsole, consolePages(consoleSite(), consoleSettings()));
