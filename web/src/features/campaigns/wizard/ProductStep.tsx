import { Alert, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useProducts } from '@/shared/api/products';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import type { PlanState } from './usePlan';

/** Facts of a product shown to choose by. */
const SHOWN_FACTS = 3;
const MAX_NAME_CHARS = 200;

/** What the campaign is called and what it is about. */
export function ProductStep({ state, showMissing }: { state: PlanState; showMissing: boolean }) {
  const t = useText();
  const { plan, change } = state;
  const products = useProducts();
  return (
    <Stack>
      <TextInput
        label={t('product.name')}
        description={t('product.name_hint')}
        required
        maxLength={MAX_NAME_CHARS}
        value={plan.name}
        error={showMissing && plan.name.trim() === '' ? t('product.name_missing') : null}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Loaded query={products} rows={3}>
        {(items) => (
          <Radio.Group
            label={t('product.choose')}
            required
            value={plan.productId === null ? null : String(plan.productId)}
            onChange={(value) => change({ productId: Number(value) })}
            error={showMissing && plan.productId === null ? t('product.missing') : null}
          >
            <Stack gap="xs" mt="xs">
              {items.map((product) => (
                <Radio.Card key={product.id} value={String(product.id)} p="sm" aria-label={product.name}>
                  <Group wrap="nowrap" align="flex-start">
                    <Radio.Indicator />
                    <div>
                      <Text fw={600}>{product.name}</Text>
                      <Text size="sm" c="dimmed">
                        {product.description}
                      </Text>
                      <Text size="sm">
                        {product.facts
                          .filter((fact) => fact.live)
                          .slice(0, SHOWN_FACTS)
                          .map((fact) => `${fact.label}: ${fact.display}`)
                          .join(' · ')}
                      </Text>
                    </div>
                  </Group>
                </Radio.Card>
              ))}
            </Stack>
          </Radio.Group>
        )}
      </Loaded>
      {products.data?.some((product) => product.sample) && (
        <Alert color="orange" variant="light">
          {t('product.sample')}
        </Alert>
      )}
    </Stack>
  );
}
