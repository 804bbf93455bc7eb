import { Button } from '@mantine/core';
import type { Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useMay } from '../session/context.tsx';
import { useOpener } from '../ui/opener.ts';
import { CommandDialog } from './command-dialog.tsx';
import { commandsFor, type OrderCommand } from './commands.ts';

/** What the operator can do with the order now. */
export function CommandBar({ order }: { readonly order: Order }) {
  const { t } = useWords();
  const may = useMay();
  const { chosen, choose, close } = useOpener<OrderCommand>();
  const commands = commandsFor(order, may);
  return (
    <div className="commands" role="group" aria-label={t('commands.label')}>
      {commands.map((command, index) => (
        <Button
          key={command.id}
          size="xs"
          variant={index === 0 && !command.final ? 'filled' : 'default'}
          className={command.final ? 'takes-away' : undefined}
          onClick={(event) => choose(event, command)}
        >
          {t(`command.${command.id}`)}
        </Button>
      ))}
      {chosen && <CommandDialog key={chosen.id} command={chosen} order={order} onClose={close} />}
    </div>
  );
}
