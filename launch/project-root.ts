import path from 'node:path';

export const PROJECT_ROOT = path.dirname(import.meta.dirname);
