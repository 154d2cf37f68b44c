'use client';

import { useEffect, useState } from 'react';
import { topOfScale } from './top-of-scale.ts';

export interface Series {
  name: string;
  label: string;
  tone: string;
}

const [WIDTH, HEIGHT, GAP] = [960, 190, 0.28];
/** Where the lines of the scale are, from its top. */
const LINES = [0, 0.25, 0.5, 0.75];

/** Bars over time, each a pile of the series. Drawn on the server; the viewer's zone and the words at a bar come in the browser. */
export function StackedBars({
  series,
  bars,
  unit,
}: {
  series: readonly Series[];
  bars: readonly { at: string; values: readonly number[] }[];
  unit: 'hour' | 'day';
}) {
  const [at, setAt] = useState<number | null>(null);
  const [isLocal, setLocal] = useState(false);
  useEffect(() => setLocal(true), []);
  const top = topOfScale(Math.max(...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0))));
  const step = WIDTH / bars.length;
  const word = (iso: string) => label(iso, unit, isLocal);
  const shown = at === null ? undefined : bars[at];
  return (
    <div className="chart" onMouseLeave={() => setAt(null)}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={summaryOf(series, bars)}
        preserveAspectRatio="none"
      >
        {[...LINES, 1].map((part) => (
          <line
            key={part}
            x1={0}
            x2={WIDTH}
            y1={HEIGHT * part}
            y2={HEIGHT * part}
            stroke="var(--line)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {bars.map(({ at: begin, values }, index) => {
          let y = HEIGHT;
          return (
            <g key={begin} onMouseEnter={() => setAt(index)}>
              {values.map((value, which) => {
                const height = (value / top) * HEIGHT;
                y -= height;
                return value === 0 ? null : (
                  <rect
                    key={series[which]?.name}
                    x={index * step + (step * GAP) / 2}
                    y={y}
                    width={step * (1 - GAP)}
                    height={Math.max(height, 1.5)}
                    fill={`var(--fill-${series[which]?.tone})`}
                  />
                );
              })}
              <rect className="chart-hit" x={index * step} y={0} width={step} height={HEIGHT} />
            </g>
          );
        })}
      </svg>
      <div className="chart-scale" aria-hidden="true">
        {LINES.map((part) => (
          <span key={part}>{(top * (1 - part)).toLocaleString('en')}</span>
        ))}
      </div>
      <div className="chart-axis" aria-hidden="true">
        {[0, 1, 2, 3].map((part) => {
          const bar = bars[Math.min(bars.length - 1, Math.round(((bars.length - 1) * part) / 3))];
          return <span key={part}>{bar ? word(bar.at) : ''}</span>;
        })}
      </div>
      <div className="legend">
        {series.map(({ name, label: words, tone }) => (
          <span key={name} className={tone}>
            {words}
          </span>
        ))}
      </div>
      {shown && at !== null && (
        <div
          className="chart-tip"
          style={
            at < bars.length / 2
              ? { left: `${((at + 1) / bars.length) * 100}%` }
              : { right: `${(1 - at / bars.length) * 100}%` }
          }
        >
          <strong>{word(shown.at)}</strong>
          {series.map(({ name, label: words, tone }, which) => (
            <i key={name} className={tone}>
              {words}: {shown.values[which]?.toLocaleString('en')}
            </i>
          ))}
        </div>
      )}
    </div>
  );
}

function label(iso: string, unit: 'hour' | 'day', isLocal: boolean): string {
  const zone = isLocal && unit === 'hour' ? {} : { timeZone: 'UTC' };
  const date = new Date(iso);
  return unit === 'hour'
    ? `${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })}${isLocal ? '' : ' UTC'}`
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...zone });
}

function summaryOf(series: readonly Series[], bars: readonly { values: readonly number[] }[]): string {
  return series
    .map(({ label: words }, which) => `${words}: ${bars.reduce((sum, { values }) => sum + (values[which] ?? 0), 0)}`)
    .join(', ');
}
