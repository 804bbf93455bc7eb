import { useState } from 'react';
import { useWords } from '../i18n/context.tsx';
import { Icon } from './icon.tsx';

const SHOWN_MS = 1_500;

/** Whether the text has just been copied, and what copies it. */
function useCopying(text: string): { readonly copied: boolean; readonly copy: () => void } {
  const [copied, setCopied] = useState(false);
  const copying = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return { copied, copy: () => void copying() };
}

/** A text that is copied by a click; of a long id only the end is shown when `short`. */
export function Copyable({
  text,
  short = false,
  what,
}: {
  readonly text: string;
  readonly short?: boolean;
  readonly what: string;
}) {
  const { t } = useWords();
  const { copied, copy } = useCopying(text);
  return (
    <button type="button" className="copyable" title={text} aria-label={t('copy.label', { what, text })} onClick={copy}>
      <code>{short ? shortId(text) : text}</code>
      <span className="copyable-sign" role="status">
        {copied ? t('copy.done') : <Icon name="copy" size={12} />}
      </span>
    </button>
  );
}

/** Copies a text that stands beside it. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useWords();
  const { copied, copy } = useCopying(text);
  return (
    <button type="button" className="copyable" aria-label={t('copy.of', { what })} onClick={copy}>
      <span className="copyable-sign" role="status">
        {copied ? t('copy.done') : <Icon name="copy" size={14} />}
      </span>
    </button>
  );
}

/** The part of an id in which ids of the same day differ. */
export const shortId = (id: string): string => (id.length > 14 ? `…${id.slice(-12)}` : id);
