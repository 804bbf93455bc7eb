import * as z from 'zod';
import type { Route } from '../shared/http/route.ts';

/** Where the console is, beside the API. Its pages are no part of the API: they have no contract. */
export const CONSOLE_PATH = '/console';

/** The console's files and pages; their paths are those of the API's host, not below `/api/v1`. */
const consoleAt = (path: '' | '/{page+}') =>
  ({
    operationId: 'getConsole',
    method: 'GET',
    path: `${CONSOLE_PATH}${path}`,
    function: 'console/get-console',
    callers: 'anyone',
    ifNoneMatch: true,
    // The issuer sends its answer to a sign-in there; the page reads it.
    query: z.unknown(),
  }) as const satisfies Route<'console'>;

export const getConsole = consoleAt('/{page+}');

export const CONSOLE_PAGES = [consoleAt(''), getConsole] as const satisfies readonly Route<'console'>[];
