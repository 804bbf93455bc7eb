/** Drawn in a square of 16, with the colour of the text around them. */
const PATHS = {
  orders: 'M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  tasks: 'M2.5 4.5l1.5 1.5 2-2.5M2.5 10.5L4 12l2-2.5M8.5 5h5M8.5 11h5',
  letter: 'M2 3.5h12v9H2zM2 4.5l6 4.5 6-4.5',
  stock: 'M2.5 5L8 2.5 13.5 5v6L8 13.5 2.5 11zM2.5 5L8 7.5 13.5 5M8 7.5v6',
  health: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4l3.1 3.1',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  wait: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.6',
  run: 'M5 3.5l7 4.5-7 4.5z',
  undo: 'M6 3L3 6l3 3M3 6h6a3.5 3.5 0 0 1 0 7H6.5',
  hand: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.2v.1',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  box: 'M2.5 5.5h11v8h-11zM2.5 5.5L4 2.5h8l1.5 3M8 2.5v3',
  truck: 'M1.5 4h8v7h-8zM9.5 6.5h2.8l2.2 2.3V11h-5M4 11.2a1.3 1.3 0 1 0 .1 0M11.5 11.2a1.3 1.3 0 1 0 .1 0',
  card: 'M2 4h12v8.5H2zM2 6.8h12M4.5 10h2.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  person: 'M8 2.5a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM3 13.5c.3-2.8 2.2-4.2 5-4.2s4.7 1.4 5 4.2',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4L6 8l4 4',
  export: 'M8 2.5v7M5 7l3 3 3-3M3 13h10',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  dot: 'M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  flag: 'M4 14V2.5M4 3h8.5l-2 2.7 2 2.8H4',
  gear: 'M8 5.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4',
} as const;

export type IconName = keyof typeof PATHS;

/** Says nothing to screen readers: a word stands beside it, or a label on the button around it. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
