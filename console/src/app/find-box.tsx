import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { wayTo } from '../orders/finding.ts';
import { Icon } from '../ui/icon.tsx';

/** One box for everything that an order is known by. `/` goes to it from everywhere. */
export function FindBox() {
  const { t } = useWords();
  const [path, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const shown = path === '/orders' ? (parameters.get('q') ?? '') : '';
  const [text, setText] = useState(shown);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(shown), [shown]);
  useEffect(() => {
    const toBox = (event: KeyboardEvent) => {
      const { tagName, isContentEditable } = event.target as HTMLElement;
      const isTyping = isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(tagName);
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      input.current?.select();
    };
    document.addEventListener('keydown', toBox);
    return () => document.removeEventListener('keydown', toBox);
  }, []);
  const find = (event: FormEvent) => {
    event.preventDefault();
    navigate(wayTo(text));
  };
  return (
    <search className="find">
      <form onSubmit={find}>
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          value={text}
          placeholder={t('find.placeholder')}
          aria-label={t('find.label')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
    </search>
  );
}
