'use client';

import { Kbd, Modal } from '@mantine/core';
import { KEYS } from '../../config/nav.ts';

export function KeysHelp({ onClose }: { onClose(): void }) {
  return (
    <Modal opened onClose={onClose} title="Keys" centered>
      <dl className="facts keys">
        {KEYS.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
