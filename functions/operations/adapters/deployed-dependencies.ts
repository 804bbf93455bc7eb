import * as z from 'zod';
import { DEPENDENCIES_VARIABLE, DEPENDENCY_KINDS, type DependencyKind } from '../../published/dependencies.ts';
import type { Dependency } from '../application/ports.ts';
import { eventBus, stateMachine, table } from './aws-dependencies.ts';
import { partner } from './partner.ts';
import { tokenIssuer } from './token-issuer.ts';

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.issues.push({ code: 'custom', message: 'is not JSON', input: text });
    return z.NEVER;
  }
});
const filled = z.string().check(z.minLength(1));

/** What the environment of the health check tells: the dependencies that the contexts name in their infrastructure. */
export const dependenciesEnvironment = {
  [DEPENDENCIES_VARIABLE]: json.pipe(
    z.array(z.object({ name: filled, kind: z.enum(DEPENDENCY_KINDS), target: filled })),
  ),
};

const BY_KIND: Readonly<Record<DependencyKind, (name: string, target: string) => Dependency>> = {
  table,
  'event-bus': eventBus,
  'state-machine': stateMachine,
  partner,
  'token-issuer': tokenIssuer,
};

/** In the order of the environment. */
export const deployedDependencies = (
  environment: z.output<z.ZodObject<typeof dependenciesEnvironment>>,
): Dependency[] => environment.DEPENDENCIES.map(({ name, kind, target }) => BY_KIND[kind](name, target));
