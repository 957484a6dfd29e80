import { api, type Schemas } from '../api/client';

/** On what basis contacts that are uploaded or entered may be written to, as this Alfa was set up. */
export function useUploadConsent(): Schemas['ConsentBasis'] {
  const system = api.useQuery('get', '/api/system');
  return system.data?.upload_consent ?? 'operator_attested';
}
