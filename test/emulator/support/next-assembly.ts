import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DeclaredResource, Template } from '../../../local/assembly/template.ts';
import { nextResources } from '../../support/platform/next-release.ts';

/** The stack of the saga and its steps, and half of all functions: an emulator starts each that is updated anew, all at once. */
const UPDATED = /^\w+-Stateless\.template\.json$/;
/** Its process is ended there with the update, and then the state goes on waiting (`updatesUnderWay` and `tokensOfFailures` in deviations/running.ts). */
const NOT_UPDATED = /^AwaitRecovery/;

/**
 * A copy of an assembly as a release after this one has it: each function beside the order saga has a variable more, and the saga begins with another state.
 * @param folder for the copy
 * @returns the folder of the copy
 */
export function nextAssembly(outdir: string, folder: string): string {
  const copy = path.join(folder, 'next-assembly');
  cpSync(outdir, copy, { recursive: true });
  const digests = readdirSync(copy)
    .filter((file) => UPDATED.test(file))
    .map((file) => renewed(path.join(copy, file)));
  // Templates are assets, which CDK knows by their digests.
  for (const file of readdirSync(copy).filter((name) => name.endsWith('.assets.json') || name === 'manifest.json')) {
    const text = readFileSync(path.join(copy, file), 'utf8');
    writeFileSync(
      path.join(copy, file),
      digests.reduce((told, [before, after]) => told.replaceAll(before, after), text),
    );
  }
  return copy;
}

/** Rewrites a template. @returns its digest before and after */
function renewed(file: string): readonly [before: string, after: string] {
  const text = readFileSync(file, 'utf8');
  const template = JSON.parse(text) as Template;
  const kept = Object.entries(template.Resources).filter(([id]) => NOT_UPDATED.test(id));
  const next = JSON.stringify({
    ...template,
    Resources: { ...nextResources(template.Resources, withAnotherVariable), ...Object.fromEntries(kept) },
  });
  writeFileSync(file, next);
  return [digestOf(text), digestOf(next)];
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function withAnotherVariable(resource: DeclaredResource): DeclaredResource {
  if (resource.Type !== 'AWS::Lambda::Function') return resource;
  const { Variables } = resource.Properties!.Environment as { readonly Variables: object };
  const Environment = { Variables: { ...Variables, RELEASE: 'next' } };
  return { ...resource, Properties: { ...resource.Properties, Environment } };
}
