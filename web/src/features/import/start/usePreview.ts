import { useQuery } from '@tanstack/react-query';
import { http } from '@/shared/api/client';
import type { Chosen } from '../data';

/** How the server reads the file: its sheets and columns, and what it takes each for. Nothing is written. */
export function usePreview({ file, sheet }: Chosen) {
  return useQuery({
    queryKey: ['post', '/api/imports/preview', file.name, file.size, file.lastModified, sheet],
    queryFn: async ({ signal }) => {
      const { data } = await http.POST('/api/imports/preview', {
        // The document describes the file as text; it is sent as the file that it is.
        body: { file: file.name },
        bodySerializer: () => formOf(file, sheet),
        signal,
      });
      return data as NonNullable<typeof data>;
    },
    // The same file is read the same; a refused one is not asked about again.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export type Preview = NonNullable<ReturnType<typeof usePreview>['data']>;
export type Column = Preview['columns'][number];

function formOf(file: File, sheet: string): FormData {
  const form = new FormData();
  if (sheet) form.set('sheet', sheet);
  form.set('file', file);
  return form;
}
