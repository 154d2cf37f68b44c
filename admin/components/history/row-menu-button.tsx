import { IconDots } from '@tabler/icons-react';

/** Opens the menu of its row, as a right click does; `RowMenu` around the list listens. */
export function RowMenuButton({ label }: { label: string }) {
  return (
    <button type="button" className="button plain" data-row-menu="" aria-haspopup="menu" aria-label={label}>
      <IconDots size={18} aria-hidden="true" />
    </button>
  );
}
