'use client';

import { Kbd, Modal } from '@mantine/core';
import { keysOf, type Opener } from '../../config/nav.ts';

export function KeysHelp({ viewer, onClose }: { viewer: Opener; onClose(): void }) {
  return (
    <Modal opened onClose={onClose} title="Keys" centered>
      <dl className="facts keys">
        {keysOf(viewer).map(({ keys, what }) => (
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
