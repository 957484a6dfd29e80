import type { Schemas } from '@/shared/api/client';
import { parts, type TextLanguage } from '../edit/texts';

export type Block = Schemas['KnowledgeBlock'];
export type BlockKind = Schemas['BlockKind'];
export type ReplyClass = Schemas['ReplyClass'];

/** What a first message is put together of, in its order. */
export const KINDS = [
  'greetings',
  'introductions',
  'bridges',
  'offers',
  'questions',
  'closings',
  'ai_disclosure',
  'stop_sentence',
] as const satisfies readonly BlockKind[];

export const DAY_PARTS = ['neutral', 'morning', 'day', 'evening'] as const;
export const LEANS = ['any', 'profession', 'interest'] as const;

/** The texts of one purpose: of a kind of block, or the answers to a class of reply. */
export type Purpose = { kind: BlockKind } | { class: ReplyClass };

/** Which conditions a text of this purpose may have beside its words. */
export function conditionsOf(purpose: Purpose) {
  const kind = 'kind' in purpose ? purpose.kind : null;
  const always = kind === 'ai_disclosure' || kind === 'stop_sentence';
  return {
    day: kind === 'greetings',
    lean: kind === 'bridges',
    closes: kind === null,
    name: !always,
    products: !always && kind !== 'greetings' && kind !== 'introductions',
  };
}

interface Forms {
  formal: string;
  informal: string;
}

/** A text as its form holds it, its languages beside its conditions as the server has them. */
export interface BlockValues extends Partial<Record<TextLanguage, Forms>> {
  /** Ids of products; none: all. */
  products: string[];
  requires: string[];
  requires_name: boolean;
  closes_dialog: boolean;
  time: (typeof DAY_PARTS)[number];
  by: (typeof LEANS)[number];
  /** With commas between. */
  words: string;
}

/** The values of a form for a text; of a new one nothing is known. */
export function valuesOf(languages: readonly TextLanguage[], block?: Block): BlockValues {
  const forms = languages.map((one) => [one, block?.[one] ?? { formal: '', informal: '' }] as const);
  return {
    ...Object.fromEntries(forms),
    products: Array.isArray(block?.products) ? block.products.map(String) : [],
    requires: block?.requires ?? [],
    requires_name: block?.requires_name ?? false,
    closes_dialog: block?.closes_dialog ?? false,
    time: block?.time ?? 'neutral',
    by: block?.by ?? 'any',
    words: (block?.words ?? []).join(', '),
  };
}

/** A text as it is sent: what its purpose has no use for is left out. */
export function blockOf(
  id: string,
  purpose: Purpose,
  languages: readonly TextLanguage[],
  values: BlockValues,
): Block {
  const may = conditionsOf(purpose);
  return {
    id,
    ...Object.fromEntries(languages.map((one) => [one, values[one]])),
    ...(may.products && {
      products: values.products.length > 0 ? values.products.map(Number) : 'all',
      requires: values.requires,
    }),
    ...(may.name && { requires_name: values.requires_name }),
    ...(may.closes && { closes_dialog: values.closes_dialog }),
    ...(may.day && { time: values.time }),
    ...(may.lean && { by: values.by, words: parts(values.words, ',') }),
  };
}

/** A name that none of the texts has: `offers.8`. */
export function freeId(start: string, blocks: readonly Block[]): string {
  const taken = new Set(blocks.map((one) => one.id));
  for (let number = blocks.length + 1; ; number += 1) {
    const id = `${start}.${number}`;
    if (!taken.has(id)) return id;
  }
}
