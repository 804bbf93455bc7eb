import { type KeyboardEvent, useRef } from 'react';
import { useWords } from '../i18n/context.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { SagaDefinition } from './definition.ts';
import type { Place } from './layout.ts';
import { type Way, waysOf } from './shown.ts';
import { useEffectOf } from './state-effect.tsx';
import type { Progress, StateView } from './states.ts';

const NODE = { width: 144, height: 60 } as const;
const GAP = { x: 22, y: 30 } as const;
const EDGE = 14;

export const PROGRESS_ICONS: Readonly<Record<Progress, IconName>> = {
  untouched: 'dot',
  done: 'check',
  running: 'run',
  waiting: 'wait',
  failed: 'cross',
  undone: 'undo',
};

interface SagaGraphProps {
  readonly definition: SagaDefinition;
  readonly places: ReadonlyMap<string, Place>;
  readonly states: readonly StateView[];
  readonly all: boolean;
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

/** States are buttons that arrow keys walk between; the ways between them are drawn behind. */
export function SagaGraph({ definition, places, states, all, chosen, onChoose }: SagaGraphProps) {
  const { t, name } = useWords();
  const effectOf = useEffectOf();
  const area = useRef<HTMLDivElement>(null);
  const placed = states.flatMap((view) => {
    const place = places.get(view.state.name);
    return place ? [{ view, place }] : [];
  });
  const top = Math.min(0, ...placed.map(({ place }) => place.row));
  const columns = 1 + Math.max(0, ...placed.map(({ place }) => place.column));
  const rows = 1 + Math.max(0, ...placed.map(({ place }) => place.row)) - top;
  const cornerOf = ({ column, row }: Place) => ({
    x: EDGE + column * (NODE.width + GAP.x),
    y: EDGE + (row - top) * (NODE.height + GAP.y),
  });
  const width = 2 * EDGE + columns * NODE.width + (columns - 1) * GAP.x;
  const height = 2 * EDGE + rows * NODE.height + (rows - 1) * GAP.y;

  const walk = (event: KeyboardEvent<HTMLButtonElement>, place: Place) => {
    const [dx, dy] = STEPS[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const ahead = placed
      .filter(({ place: { column, row } }) =>
        dx === 0 ? (row - place.row) * dy > 0 : (column - place.column) * dx > 0,
      )
      .toSorted((a, b) => distance(a.place, place, dx) - distance(b.place, place, dx))[0];
    if (ahead) area.current?.querySelector<HTMLElement>(`[data-state="${ahead.view.state.name}"]`)?.focus();
  };

  return (
    <div className="graph" ref={area}>
      <div className="graph-area" style={{ width, height }} role="group" aria-label={t('saga.graphLabel')}>
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            {['way', 'way-taken'].map((id) => (
              <marker
                key={id}
                id={id}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M1 1l6 3-6 3" className={id} />
              </marker>
            ))}
          </defs>
          {waysOf(definition, states, all).map((way) => {
            const from = places.get(way.from);
            const to = places.get(way.to);
            return from && to ? (
              <WayLine key={`${way.from}>${way.to}`} way={way} from={cornerOf(from)} to={cornerOf(to)} />
            ) : null;
          })}
        </svg>
        {placed.map(({ view, place }) => {
          const { x, y } = cornerOf(place);
          const title = name('step', view.state.name);
          return (
            <button
              key={view.state.name}
              type="button"
              data-state={view.state.name}
              className={`state is-${view.progress}${view.state.waits ? ' is-wait' : ''}`}
              style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
              aria-pressed={chosen === view.state.name}
              onKeyDown={(event) => walk(event, place)}
              onClick={() => onChoose(chosen === view.state.name ? undefined : view.state.name)}
            >
              <span className="state-name">
                <Icon name={PROGRESS_ICONS[view.progress]} size={14} />
                {title}
              </span>
              <span className="state-effect">{effectOf(view)}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far away a place is for a walk; what lies in the same line is nearest. */
function distance(to: Place, from: Place, dx: number): number {
  const [along, across] =
    dx === 0 ? [to.row - from.row, to.column - from.column] : [to.column - from.column, to.row - from.row];
  return Math.abs(along) + 10 * Math.abs(across);
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function WayLine({ way, from, to }: { readonly way: Way; readonly from: Corner; readonly to: Corner }) {
  const kind = way.taken ? 'way-taken' : 'way';
  return (
    <path
      d={lineBetween(from, to)}
      className={`${kind}${way.caught ? ' is-caught' : ''}`}
      markerEnd={`url(#${kind})`}
    />
  );
}

/** From side to side within a row; from bottom to top, or back, between rows. */
function lineBetween(from: Corner, to: Corner): string {
  const { width, height } = NODE;
  if (from.y === to.y) {
    const right = to.x > from.x;
    const startX = right ? from.x + width : from.x;
    const endX = right ? to.x - 2 : to.x + width + 2;
    const y = from.y + height / 2;
    return `M${startX} ${y}L${endX} ${y}`;
  }
  const down = to.y > from.y;
  const shift = down ? 8 : -8;
  const startX = from.x + width / 2 + shift;
  const endX = to.x + width / 2 + shift;
  const startY = down ? from.y + height : from.y;
  const endY = down ? to.y - 2 : to.y + height + 2;
  const bend = (startY + endY) / 2;
  return `M${startX} ${startY}C${startX} ${bend} ${endX} ${bend} ${endX} ${endY}`;
}
