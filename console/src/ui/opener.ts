import { type MouseEvent, useRef } from 'react';

/** Gives the keyboard back to the button that has opened a dialog; to the page's content when the button is gone by then. */
export function useOpener() {
  const opener = useRef<HTMLElement>(null);
  return {
    remember: ({ currentTarget }: MouseEvent<HTMLElement>): void => {
      opener.current = currentTarget;
    },
    giveBack: (): void => {
      const button = opener.current;
      const place = button?.isConnected ? button : document.querySelector<HTMLElement>('#main');
      place?.focus();
    },
  };
}
