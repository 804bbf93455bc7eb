import type { OrderEvent } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { isMoney, isUnits } from '../order/timeline-entries.ts';
import type { StateView } from './states.ts';

/** The money, the goods or the parcel that a state has moved, in a few words; else why it stands where it does. */
export function useEffectOf(): (view: StateView) => string {
  const { t, name, money } = useWords();
  const effectOf = ({ data }: OrderEvent): string | undefined => {
    if (isMoney(data.amount)) return money(data.amount);
    if (typeof data.trackingNumber === 'string') return data.trackingNumber;
    if (isUnits(data.lines)) return t('saga.units', { n: data.lines.reduce((sum, { quantity }) => sum + quantity, 0) });
    if (typeof data.declineCode === 'string') return data.declineCode;
    return typeof data.reason === 'string' ? name('reason', data.reason) : undefined;
  };
  return ({ progress, events, delay, error }) => {
    if (progress === 'waiting' && delay) return name('partner', delay.partner);
    if (error !== undefined) return name('reason', error);
    return events.map(effectOf).findLast((effect) => effect !== undefined) ?? t(`progress.${progress}`);
  };
}
