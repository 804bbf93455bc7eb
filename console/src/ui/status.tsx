import type { OrderStatus } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Icon, type IconName } from './icon.tsx';

/** What a status means for the reader: its colour, which icon and word always go with. */
export type Tone = 'neutral' | 'running' | 'waiting' | 'good' | 'failed' | 'undone' | 'person';

const OF_ORDERS: Readonly<Record<OrderStatus, readonly [Tone, IconName]>> = {
  held: ['person', 'hand'],
  created: ['running', 'run'],
  backordered: ['waiting', 'wait'],
  inventory_reserved: ['running', 'run'],
  payment_pending: ['waiting', 'card'],
  payment_completed: ['running', 'run'],
  payment_failed: ['failed', 'cross'],
  processing: ['good', 'box'],
  shipped: ['good', 'truck'],
  delivered: ['good', 'check'],
  cancelling: ['undone', 'undo'],
  cancelled: ['neutral', 'cross'],
  refunded: ['undone', 'undo'],
};

interface BadgeProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: string;
}

export const Badge = ({ tone, icon, children }: BadgeProps) => (
  <span className={`badge tone-${tone}`}>
    <Icon name={icon} size={12} />
    {children}
  </span>
);

export function StatusBadge({ status, parked = false }: { readonly status: OrderStatus; readonly parked?: boolean }) {
  const { t, name } = useWords();
  const [tone, icon] = OF_ORDERS[status] ?? (['neutral', 'dot'] as const);
  return (
    <span className="badges">
      <Badge tone={tone} icon={icon}>
        {name('status', status)}
      </Badge>
      {parked && (
        <Badge tone="person" icon="hand">
          {t('order.parked')}
        </Badge>
      )}
    </span>
  );
}
