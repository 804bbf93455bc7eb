import type { Plugin } from 'esbuild';

const ONLY_FOR_JSON_SCHEMA = /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-(processors|generator))\.js$/;
/** What the rest of zod imports of these files by name. */
const NAMES = [
  'JSONSchemaGenerator',
  'allProcessors',
  'extractDefs',
  'finalize',
  'initializeContext',
  'process',
  'toJSONSchema',
];
const STAND_IN = `
  const refuse = () => { throw new Error('Schemas of this bundle cannot be made into JSON Schema (lib/bundling/without-json-schema.ts).'); };
  export const createToJSONSchemaMethod = () => refuse;
  export const createStandardJSONSchemaMethod = () => refuse;
  export { ${NAMES.map((name) => `refuse as ${name}`).join(', ')} };
`;

/**
 * Leaves out what makes schemas of zod into JSON Schema: sixteen kilobytes of every cold start, which only the API document needs.
 * See docs/decisions/0091-only-the-api-document-makes-json-schema.md.
 */
export const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup(build) {
    build.onLoad({ filter: ONLY_FOR_JSON_SCHEMA }, () => ({ contents: STAND_IN, loader: 'js' }));
  },
};
