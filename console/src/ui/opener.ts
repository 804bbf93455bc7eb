import { type MouseEvent, useRef, useState } from 'react';

/**
 * What a button has chosen, of which a dialog is open until it is closed. That gives the keyboard back to the button; to the page's content when the button
 * is gone by then.
 */
export function useOpener<Chosen>() {
  const opener = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<Chosen>();
  return {
    chosen,
    choose: ({ currentTarget }: MouseEvent<HTMLElement>, it: Chosen): void => {
      opener.current = currentTarget;
      setChosen(() => it);
    },
    close: (): void => {
      setChosen(undefined);
      const button = opener.current;
      const place = button?.isConnected ? button : document.querySelector<HTMLElement>('#main');
      place?.focus();
    },
  };
}
