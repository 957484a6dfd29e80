import { Text } from '@mantine/core';
import { useProducts } from '@/shared/api/products';
import { useText } from '../texts';
import { splitSlots } from './slots';

/** What is put into a text by itself, by the name that the text has for it. */
const SLOTS = {
  first_name: 'slot.first_name',
  persona: 'slot.persona',
  'program.name': 'slot.program_name',
  'program.bank': 'slot.program_bank',
  'product.name': 'slot.product_name',
  'product.link': 'slot.product_link',
} as const;

/** A text as a person reads it: `{{fact.rate}}` is shown as the rate that will stand there. */
export function Words({ text }: { text: string }) {
  const t = useText();
  const products = useProducts().data ?? [];
  const nameOf = (slot: string) => {
    if (slot in SLOTS) return t(SLOTS[slot as keyof typeof SLOTS]);
    const attribute = slot.replace(/^fact\./, '');
    const facts = products.flatMap((product) => product.facts);
    return facts.find((fact) => fact.attribute === attribute)?.label ?? slot;
  };
  return splitSlots(text).map((part) =>
    part.slot ? (
      <Text key={part.at} span inherit fw={600} px={2} bg="var(--alfa-hover)" style={{ borderRadius: 4 }}>
        {nameOf(part.text)}
      </Text>
    ) : (
      part.text
    ),
  );
}
