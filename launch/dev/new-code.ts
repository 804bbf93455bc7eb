import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeclaredResource, Stack } from '../../local/assembly/template.ts';
import { text } from '../../local/properties.ts';

/**
 * The stacks with other code for some functions. A bundle that is what is deployed already changes nothing.
 * @param bundles the folder of the new bundle, by the function's name, which is its description in the template
 */
export function withNewCode(stacks: readonly Stack[], bundles: ReadonlyMap<string, string>): readonly Stack[] {
  return stacks.map((stack) => {
    const assets = new Map(stack.assets);
    const renewed = Object.entries(stack.template.Resources).map(([id, resource]): [string, DeclaredResource] => {
      if (resource.Type !== 'AWS::Lambda::Function') return [id, resource];
      const folder = bundles.get(text(resource.Properties?.Description) ?? '');
      if (folder === undefined) return [id, resource];
      const code = resource.Properties!.Code as { readonly S3Bucket: never; readonly S3Key: string };
      const deployed = stack.assets.get(code.S3Key);
      if (deployed !== undefined && contentOf(deployed) === contentOf(folder)) return [id, resource];
      const S3Key = `${contentOf(folder)}.zip`;
      assets.set(S3Key, folder);
      return [id, { ...resource, Properties: { ...resource.Properties, Code: { ...code, S3Key } } }];
    });
    return { ...stack, assets, template: { ...stack.template, Resources: Object.fromEntries(renewed) } };
  });
}

/** A hash of a bundle's files, but of its source map. */
function contentOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder).filter((file) => !file.endsWith('.map'));
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex');
}
