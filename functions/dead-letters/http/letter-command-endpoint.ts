/** The common part of the endpoints that do something about one letter. */
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { LetterDone, ResendDeps, Why } from '../application/resend-letters.ts';
import type { dismissDeadLetter, resendDeadLetter } from '../routes.ts';
import { problemOfLetterRefusal } from './problems.ts';
import { acceptedLetter } from './shown-letters.ts';

export type LetterCommandDeps = ResendDeps & { readonly idempotency: Idempotency };

/** Answers 202 with the state of the letter after it; the same Idempotency-Key gets the same answer. */
export const letterCommandEndpoint =
  (
    route: typeof resendDeadLetter | typeof dismissDeadLetter,
    carryOut: (deps: ResendDeps, letterId: string, why: Why) => Promise<LetterDone>,
  ) =>
  ({ idempotency, ...deps }: LetterCommandDeps) =>
    endpoint(route, async (http) => {
      const { letterId = '' } = http.pathParameters;
      const { answer, replayed } = await oncePerKey(
        http,
        { target: letterId, idempotency },
        async ({ reason }, { actor }) => {
          const done = await carryOut(deps, letterId, { by: actor.id, reason });
          if (!done.ok) throw problemOfLetterRefusal(letterId, done.refusal);
          return { letterId, state: done.value };
        },
      );
      return acceptedLetter(answer, replayed);
    });
