import { onTestFinished, vi } from 'vitest';
import { logger } from '../../../functions/shared/edge/logger.ts';

/** What functions of this process write to their log until the test ends, without the logger's own fields. */
export function loggedLines(): object[] {
  const lines: object[] = [];
  const level = logger.getLevelName();
  logger.setLogLevel('INFO');
  // A handler of another test file may have added some to the one logger.
  logger.resetKeys();
  onTestFinished(() => {
    logger.setLogLevel(level);
    vi.restoreAllMocks();
  });
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
