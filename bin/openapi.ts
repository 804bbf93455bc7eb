/** Writes the API document to `docs/openapi.yaml`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { apiDocument } from '../functions/api-docs/http/document/document.ts';
import { CONTRACTS } from '../functions/published/contracts.ts';
import { PROBLEMS } from '../functions/published/problems.ts';

const file = path.join(path.dirname(import.meta.dirname), 'docs/openapi.yaml');
const heading = '# Made by `npm run openapi` from the contracts in functions/*/http. Change those.\n';
writeFileSync(
  file,
  heading +
    stringify(apiDocument(CONTRACTS, PROBLEMS), { aliasDuplicateObjects: false, lineWidth: 0, blockQuote: 'literal' }),
);
