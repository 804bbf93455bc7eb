/** `npm run decisions`: writes the index of `docs/decisions/README.md`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DECISIONS_DIR, readDecisions, withIndex } from './decision-index.ts';

const readme = path.join(DECISIONS_DIR, 'README.md');
writeFileSync(readme, withIndex(readFileSync(readme, 'utf8'), readDecisions()));
