import type { Metadata } from 'next';
import { ApplyForm } from '../../../../components/settings/apply-form.tsx';
import { ExportForm } from '../../../../components/settings/export-form.tsx';
import { ImportForm } from '../../../../components/settings/import-form.tsx';
import { pageContextFor } from '../../../../lib/page-context.ts';

export const metadata: Metadata = { title: 'Export and import' };

export default async function TransferPage() {
  await pageContextFor('/settings/transfer');
  return (
    <>
      <div className="two">
        <ExportForm />
        <ImportForm />
      </div>
      <ApplyForm />
    </>
  );
}
