import type { useText } from './texts';

/** What Alfa itself writes as the evidence of a consent, and the words for it. */
const OWN = [
  { form: /^upload: (?<file>.+)$/s, key: 'evidence.upload' },
  { form: /^message:\d+$/, key: 'evidence.message' },
  { form: /^merged:contact:\d+$/, key: 'evidence.merged' },
] as const;

/** What a consent rests on, in words; what a person wrote stays as it is. */
export function evidenceWords(evidence: string, t: ReturnType<typeof useText>): string {
  for (const { form, key } of OWN) {
    const found = form.exec(evidence);
    if (found) return t(key, { file: found.groups?.file ?? '' });
  }
  return evidence;
}
