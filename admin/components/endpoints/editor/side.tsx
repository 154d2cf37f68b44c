'use client';

import { Button, CloseButton } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { LoadingCard } from '../../loading-card.tsx';

const waits = () => <LoadingCard lines={4} />;
const Tester = dynamic(() => import('./tester.tsx').then((module) => module.Tester), { ssr: false, loading: waits });
const BacktestPanel = dynamic(() => import('./backtest-panel.tsx').then((module) => module.BacktestPanel), {
  ssr: false,
  loading: waits,
});

export type Tool = 'test' | 'backtest';
const TITLES: Record<Tool, string> = { test: 'Tester', backtest: 'Backtest' };

/** Which tool stands beside the form, kept in the address so that it can be linked to. */
export function useTool(initial: Tool | null) {
  const [tool, setTool] = useState(initial);
  const choose = (next: Tool | null) => {
    setTool(next);
    history.replaceState(history.state, '', next === null ? location.pathname : `?tool=${next}`);
  };
  return { tool, choose };
}

export function ToolButtons({ tool, onChoose }: { tool: Tool | null; onChoose(tool: Tool | null): void }) {
  return (Object.keys(TITLES) as Tool[]).map((one) => (
    <Button
      key={one}
      size="xs"
      variant={tool === one ? 'light' : 'default'}
      aria-pressed={tool === one}
      onClick={() => onChoose(tool === one ? null : one)}
    >
      {TITLES[one]}
    </Button>
  ));
}

/** The tool beside the form: loaded when it is asked for. */
export function Side({
  tool,
  id,
  sampleBody,
  field,
  onClose,
}: {
  tool: Tool;
  id: string;
  sampleBody: string;
  field(): string | null;
  onClose(): void;
}) {
  return (
    <aside className="card stack editor-side" aria-label={TITLES[tool]}>
      <div className="head">
        <h2>{TITLES[tool]}</h2>
        <CloseButton aria-label={`Close the ${TITLES[tool].toLowerCase()}`} onClick={onClose} />
      </div>
      {tool === 'test' ? <Tester id={id} sampleBody={sampleBody} field={field} /> : <BacktestPanel id={id} />}
    </aside>
  );
}
