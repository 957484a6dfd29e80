import type { Schemas } from '@/shared/api/client';
import { linesFor, listsOf, type TextLanguage, textsFor } from './texts';

type Fact = Schemas['KnowledgeFactAnswer'];

/** How a value binds. */
export const BOUNDS = ['exact', 'up_to', 'from'] as const satisfies readonly Schemas['KnowledgeBound'][];

/** What a value is measured in. */
export const UNITS = [
  'percent',
  'percent_per_year',
  'RUB',
  'RUB_per_month',
  'RUB_per_year',
  'minute',
  'day',
  'month',
  'piece',
  'text',
] as const satisfies readonly Schemas['KnowledgeUnit'][];

/** Whether the server takes it for the name of a fact. */
export function isName(text: string): boolean {
  return /^[a-z0-9_]{1,64}$/.test(text);
}

/** A fact as its form holds it; of a new one nothing is known. */
export function valuesOf(languages: readonly TextLanguage[], fact?: Fact) {
  return {
    attribute: fact?.attribute ?? '',
    label: textsFor(languages, fact?.label),
    value: (fact?.value ?? '') as number | string,
    bound: fact?.bound ?? BOUNDS[0],
    unit: fact?.unit ?? UNITS[0],
    display: textsFor(languages, fact?.display),
    valid_from: fact?.valid_from ?? '',
    valid_to: fact?.valid_to ?? '',
    source: fact?.source ?? '',
    lead: fact?.lead ?? false,
    sentences: linesFor(languages, fact?.sentences),
  };
}

/** What is sent of a fact. */
export function factOf(values: ReturnType<typeof valuesOf>): Schemas['KnowledgeFact'] {
  return {
    ...values,
    value: values.unit === 'text' ? String(values.value).trim() : Number(values.value),
    valid_from: values.valid_from || null,
    valid_to: values.valid_to || null,
    sentences: listsOf(values.sentences),
  };
}
