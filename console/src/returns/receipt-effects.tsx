import type { OrderReturn, ReturnTerms } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Icon } from '../ui/icon.tsx';
import { effectsOf, moneyOf, type ReceiptRequest, type Units } from './receipt.ts';

interface ReceiptEffectsProps {
  readonly back: OrderReturn;
  readonly undecided: readonly Units[];
  /** Undefined while nothing is said that could be recorded. */
  readonly request: ReceiptRequest | undefined;
  /** Undefined until they are read. */
  readonly terms: ReturnTerms | undefined;
}

/** What a receipt will do to money and stock, as far as it does anything. */
export function ReceiptEffects({ request, ...of }: ReceiptEffectsProps) {
  const { t } = useWords();
  return (
    <ul className="effects" aria-label={t('command.effects')} aria-live="polite">
      {request ? <Effects request={request} {...of} /> : <li className="quiet">{t('return.fillIn')}</li>}
    </ul>
  );
}

function Effects({ back, undecided, request, terms }: ReceiptEffectsProps & { readonly request: ReceiptRequest }) {
  const { t } = useWords();
  const { refunded, restocked, damaged, rejected, awaited } = effectsOf(request, undecided);
  const ofReturn = terms?.returns.find(({ returnId }) => returnId === back.returnId);
  const amounts = useAmounts(
    moneyOf(request, undecided, ofReturn),
    request.waivesFee ? 0 : (back.restockingFeeBasisPoints ?? 0),
  );
  const lines = [
    { icon: 'card', text: t('return.effect.refunded', { n: refunded }), n: refunded },
    { icon: 'card', text: amounts, n: amounts === undefined ? 0 : refunded },
    { icon: 'stock', text: t('return.effect.stock', { restocked, damaged }), n: refunded },
    { icon: 'box', text: t('return.effect.rejected', { n: rejected }), n: rejected },
    { icon: 'wait', text: t('return.effect.awaited', { n: awaited }), n: awaited },
  ] as const;
  return lines
    .filter(({ n }) => n > 0)
    .map(({ icon, text }) => (
      <li key={text}>
        <Icon name={icon} />
        <span>{text}</span>
      </li>
    ));
}

/** What is said of the refund and of the part of it that the shop keeps, in hundredths of a percent. */
function useAmounts(exact: ReturnType<typeof moneyOf>, fee: number): string | undefined {
  const { t, money, percent } = useWords();
  const part = percent(fee);
  if (exact === undefined) return fee > 0 ? t('return.effect.fee', { part }) : undefined;
  const refund = money(exact.refund);
  return exact.fee.amount > 0
    ? t('return.effect.feeOf', { refund, fee: money(exact.fee), part })
    : t('return.effect.refund', { refund });
}
