/** `npm run typecheck`: the whole tree, strict. */
import { runTool } from './tools.ts';

process.exit(runTool('typescript/bin/tsc', ['-p', '.']));
