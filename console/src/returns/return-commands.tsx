import { Button } from '@mantine/core';
import type { Order, OrderReturn } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useMay } from '../session/context.tsx';
import { useOpener } from '../ui/opener.ts';
import { undecidedOf } from './receipt.ts';
import { ReceiveDialog } from './receive-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** What can be done with a return, as the API lets operators with the scope. */
const COMMANDS = [
  { id: 'receive', scope: 'orders:refund', Dialog: ReceiveDialog },
  { id: 'withdraw', scope: 'orders:fulfil', Dialog: WithdrawDialog },
] as const;
type ReturnCommand = (typeof COMMANDS)[number];

/** The commands of a return of which units are undecided; nothing for any other. One that has expired awaits nothing that could be withdrawn. */
export function ReturnCommands({ order, back }: { readonly order: Order; readonly back: OrderReturn }) {
  const { t } = useWords();
  const may = useMay();
  const { chosen, choose, close } = useOpener<ReturnCommand>();
  const isPossible = ({ id, scope }: ReturnCommand) => may(scope) && (id === 'receive' || back.expiredAt === undefined);
  const commands = undecidedOf(back).length === 0 ? [] : COMMANDS.filter(isPossible);
  return (
    <span className="row">
      {commands.map((command) => (
        <Button key={command.id} size="compact-xs" variant="default" onClick={(event) => choose(event, command)}>
          {t(`return.${command.id}`)}
        </Button>
      ))}
      {chosen && <chosen.Dialog order={order} back={back} onClose={close} />}
    </span>
  );
}
