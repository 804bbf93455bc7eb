import type { DeadLetterState } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import type { IconName } from '../ui/icon.tsx';
import { Badge, type Tone } from '../ui/status.tsx';

const LOOKS: Readonly<Record<DeadLetterState, readonly [Tone, IconName]>> = {
  waiting: ['person', 'hand'],
  resent: ['running', 'run'],
  failed_again: ['failed', 'cross'],
  handled: ['good', 'check'],
  dismissed: ['neutral', 'dot'],
};

export function LetterBadge({ state }: { readonly state: DeadLetterState }) {
  const { name } = useWords();
  const [tone, icon] = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {name('letterState', state)}
    </Badge>
  );
}
