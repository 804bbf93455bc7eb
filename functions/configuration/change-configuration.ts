import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { bodyOf, ifMatchOf } from '../shared/http/request.ts';
import { type ChangeDeps, changeConfiguration } from './application/change-configuration.ts';
import { storedConfiguration } from './composition.ts';
import { problemOfRefusal } from './http/problem-of-refusal.ts';
import * as routes from './routes.ts';

/** `PUT /api/v1/configuration`: sets the settings as a whole, or says why not; for operators. */
export const makeHandler = (deps: ChangeDeps) =>
  endpoint(routes.changeConfiguration, async (request) => {
    const basedOn = ifMatchOf(request);
    const changed = await changeConfiguration(deps, { ...bodyOf(request), author: request.caller.id, basedOn });
    if (!changed.ok) throw problemOfRefusal(changed.refusal);
    return { status: 200, headers: { ETag: `"${changed.value.version}"` }, body: changed.value };
  });

export const handler: Handler = limited(makeHandler({ ...storedConfiguration(), now: Date.now }));
