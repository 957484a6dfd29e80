import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { useOnce } from '@/shared/ui/useOnce';

/** A file to upload, and how. */
export interface Chosen {
  file: File;
  consent: Schemas['ConsentBasis'];
  /** ISO 3166, for phones without a country. */
  country: string;
  /** Sheet of a workbook by name; empty: the first. */
  sheet: string;
  /** What the person decided of columns, by their index: a field, `extra`, or null to leave it out. */
  columns: Record<string, string | null>;
}

/** Sends a file to be checked (`dry_run`) or taken in, in the background; pressed twice, it is sent once. */
export function useUpload() {
  const once = useOnce();
  const upload = api.useMutation('post', '/api/contacts/upload', { meta: { quiet: true } });
  return {
    busy: upload.isPending,
    error: upload.error,
    reset: upload.reset,
    send: (chosen: Chosen, dryRun: boolean, started: (at: { id: number; job: number }) => void) => {
      if (!once.begin()) return;
      upload.mutate(
        {
          params: { query: { background: true }, header: idempotency(newKey()) },
          // The document describes the file as text; it is sent as the file that it is.
          body: { file: chosen.file.name },
          bodySerializer: () => formOf(chosen, dryRun),
        },
        {
          // In the background the answer is always a job.
          onSuccess: (job) => 'id' in job && started({ id: job.import_id, job: job.id }),
          onSettled: once.end,
        },
      );
    },
  };
}

function formOf(chosen: Chosen, dryRun: boolean): FormData {
  const form = new FormData();
  // Options first: the server reads the file as it comes and must know them by then.
  form.set('consent', chosen.consent);
  form.set('country', chosen.country);
  if (chosen.sheet.trim()) form.set('sheet', chosen.sheet.trim());
  if (Object.keys(chosen.columns).length > 0) form.set('columns', JSON.stringify(chosen.columns));
  form.set('dry_run', String(dryRun));
  form.set('file', chosen.file);
  return form;
}

/** The report that a finished job of an upload carries. */
export function reportOf(job: Schemas['Job'] | undefined): Schemas['ImportReport'] | null {
  if (job?.kind !== 'import_contacts' || job.state !== 'done' || !job.result) return null;
  return job.result as unknown as Schemas['ImportReport'];
}
