/** The sign of Waybill: a way with a stop at its end. */
export const Mark = ({ size = 24 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" className="mark">
    <rect width="32" height="32" rx="7" />
    <path d="M6 10l4.6 12L16 12l5.4 10L26 10" />
    <circle cx="26" cy="10" r="2.4" />
  </svg>
);
