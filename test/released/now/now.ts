import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { synthesizedAssembly } from '../../infra/support/assembly.ts';
import type { Now } from '../rules/refusals.ts';
import { deployedSagas, RECORDED_DEFINITIONS, releasedDefinitions, releases } from './definitions.ts';
import { eventsNow } from './events.ts';
import { heldResources } from './resources.ts';

/** What this code deploys; synthesizes the app where that is needed. */
export function now(): Now {
  const assembly = synthesizedAssembly();
  return {
    resources: heldResources(assembly.stacks),
    events: eventsNow(),
    definitions: digests(),
    recordedDefinitions: releasedDefinitions(),
    sagas: deployedSagas(assembly),
  };
}

const digests = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    releases()
      .flatMap((release) => readdirSync(path.join(RECORDED_DEFINITIONS, release)).map((file) => `${release}/${file}`))
      .sort()
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(path.join(RECORDED_DEFINITIONS, file)))
          .digest('hex')
          .slice(0, 16),
      ]),
  );
