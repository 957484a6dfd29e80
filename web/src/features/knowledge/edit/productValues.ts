import type { Schemas } from '@/shared/api/client';
import { linesFor, listsOf, parts, type TextLanguage, textsFor } from './texts';

export type Product = Schemas['KnowledgeProductAnswer'];

/** What a product does with money. */
export const KINDS = [
  'credit',
  'savings',
  'investment',
  'service',
] as const satisfies readonly Schemas['KnowledgeProductKind'][];

/** By what people are told to fit, beside their age. */
export const FITTING = ['professions', 'interests', 'goals'] as const;

interface Words {
  /** With commas between. */
  words: string;
  weight: number | string;
}

interface Ages {
  from: number | string;
  to: number | string;
  weight: number | string;
}

/** What weighs as much as most does. */
const USUAL_WEIGHT = 2;
export const NO_WORDS: Words = { words: '', weight: USUAL_WEIGHT };
export const ADULT: Ages = { from: 18, to: 70, weight: USUAL_WEIGHT };

/** A product as its form holds it; of a new one nothing is known. */
export function valuesOf(languages: readonly TextLanguage[], product?: Product) {
  const words = (of: (typeof FITTING)[number]): Words[] =>
    (product?.audience[of] ?? []).map((one) => ({ words: one.words.join(', '), weight: one.weight }));
  return {
    name: textsFor(languages, product?.name),
    description: textsFor(languages, product?.description),
    aliases: linesFor(languages, product?.aliases),
    link: product?.link ?? '',
    kind: product?.kind ?? KINDS[0],
    points: (product?.points ?? 0) as number | string,
    priority: (product?.priority ?? 0) as number | string,
    audience: {
      professions: words('professions'),
      interests: words('interests'),
      goals: words('goals'),
      ages: (product?.audience.ages ?? []) as Ages[],
    },
  };
}
export type ProductValues = ReturnType<typeof valuesOf>;

/** What is sent of a product, without its facts. */
export function productOf(values: ProductValues) {
  const words = (rows: Words[]) =>
    rows.map((row) => ({ words: parts(row.words, ','), weight: Number(row.weight) }));
  const { audience } = values;
  return {
    ...values,
    link: values.link.trim(),
    aliases: listsOf(values.aliases),
    points: Number(values.points),
    priority: Number(values.priority),
    audience: {
      professions: words(audience.professions),
      interests: words(audience.interests),
      goals: words(audience.goals),
      ages: audience.ages.map((row) => ({
        from: Number(row.from),
        to: Number(row.to),
        weight: Number(row.weight),
      })),
    },
  };
}
