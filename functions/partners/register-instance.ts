import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { bodyOf } from '../shared/http/request.ts';
import type { Partner } from './application/ports.ts';
import { type RegisterInstanceDeps, registerInstance } from './application/register-instance.ts';
import { registering } from './composition.ts';
import { partnerOf } from './http/partner-path.ts';
import { refusalsAsProblems } from './http/problems.ts';
import { shownInstance } from './http/shown-instance.ts';
import { registerInstance as route } from './routes.ts';

/** `POST /api/v1/partners/{partner}/instances` */
export const makeHandler = (deps: RegisterInstanceDeps & { readonly partners: readonly Partner[] }) =>
  endpoint(
    route,
    refusalsAsProblems(async (request) => {
      const partner = partnerOf(request, deps.partners);
      return { status: 201, body: shownInstance(await registerInstance(deps, partner, bodyOf(request))) };
    }),
  );

export const handler: Handler = limited(makeHandler(registering()));
