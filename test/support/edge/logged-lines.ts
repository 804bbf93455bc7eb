import { vi } from 'vitest';
import { logger } from '../../../functions/shared/edge/logger.ts';

/** What functions of this process write to their log from now on, without the logger's own fields. `vi.restoreAllMocks` ends it. */
export function loggedLines(): object[] {
  const lines: object[] = [];
  logger.setLogLevel('INFO');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      const {
        timestamp: _at,
        service: _of,
        sampling_rate: _share,
        ...line
      } = JSON.parse(String(text)) as Record<string, unknown>;
      lines.push(line);
      return true;
    });
  }
  return lines;
}
