/** `npm run typecheck`: the whole tree, strict. */
import { runTool } from './run-tool.ts';

process.exit(runTool('typescript/bin/tsc', ['-p', '.']));
