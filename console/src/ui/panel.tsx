import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A part of a page with a heading. */
export function Panel({ title, aside, children, className = '' }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Names and values, one beside the other. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Stands where there is nothing to show, and says why. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="empty">
    <p>{title}</p>
    {children && <p className="quiet">{children}</p>}
  </div>
);

/** Stands where an answer is awaited, in the shape of rows. */
export const Awaited = ({ label, rows = 5 }: { readonly label: string; readonly rows?: number }) => (
  <div className="awaited" role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, index) => (
      <span key={index} />
    ))}
  </div>
);
