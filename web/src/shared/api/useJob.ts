import { api, type Schemas } from './client';

/** Events tell of progress as well; this is for when they do not come. */
const POLL_MS = 1_000;

/** Whether a job is still to do something. */
export function isRunning(job: Schemas['Job'] | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running';
}

/** A background job, asked again until it ends. */
export function useJob(jobId: number | undefined): Schemas['Job'] | undefined {
  const job = api.useQuery(
    'get',
    '/api/jobs/{id}',
    { params: { path: { id: jobId ?? 0 } } },
    {
      enabled: jobId !== undefined,
      refetchInterval: ({ state }) => (isRunning(state.data) ? POLL_MS : false),
    },
  );
  return job.data;
}
