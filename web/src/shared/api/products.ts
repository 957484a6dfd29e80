import * as v from 'valibot';
import { api } from './client';

const fact = v.object({ attribute: v.string(), label: v.string(), display: v.string(), live: v.boolean() });
const product = v.object({
  id: v.number(),
  name: v.string(),
  description: v.string(),
  link: v.string(),
  sample: v.optional(v.boolean(), false),
  facts: v.array(fact),
});
const list = v.object({ items: v.array(product) });

/** A product of the knowledge base, as the people who send read it. */
export type Product = v.InferOutput<typeof product>;

/** The products of the knowledge base. */
export function useProducts() {
  return api.useQuery('get', '/api/knowledge/products', {}, { select: (data) => v.parse(list, data).items });
}
