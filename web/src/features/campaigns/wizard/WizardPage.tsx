import { Box, Button, Group, Stack, Stepper } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { tellUndoable } from '@/shared/ui/notify';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Panel } from '@/shared/ui/Panel';
import { usePhone } from '@/shared/ui/usePhone';
import { BackToList } from '../BackToList';
import { STEPS, wizardRoute } from '../search';
import { useText } from '../texts';
import { MessageStep } from './MessageStep';
import { PaceStep } from './PaceStep';
import { PeopleStep } from './PeopleStep';
import { ProductStep } from './ProductStep';
import { missing } from './plan';
import { StartStep } from './StartStep';
import { type PlanState, usePlan } from './usePlan';

const PARTS = {
  product: ProductStep,
  people: PeopleStep,
  message: MessageStep,
  pace: PaceStep,
  start: StartStep,
};

/** The five steps stand in one line of a phone. */
const NARROW = { separator: { marginInline: 2, minWidth: 4 }, stepBody: { marginInlineStart: 6 } };

/** Makes a campaign in five steps: product, people, message, pace, start. */
export function WizardPage() {
  const t = useText();
  const state = usePlan();
  return (
    <Page>
      <PageHeader
        above={<BackToList />}
        title={t('wizard.title')}
        about={t('wizard.about')}
        actions={state.begun && <StartAnew state={state} />}
      />
      {state.ready && <Steps state={state} />}
    </Page>
  );
}

/** What was begun some time ago must not be taken for a new campaign. */
function StartAnew({ state }: { state: PlanState }) {
  const t = useText();
  const navigate = wizardRoute.useNavigate();
  const run = () => {
    const giveBack = state.startAnew();
    void navigate({ search: {} });
    tellUndoable({ message: t('wizard.anew_done'), undo: giveBack });
  };
  return (
    <Button variant="default" leftSection={<IconEraser size={16} aria-hidden />} onClick={run}>
      {t('wizard.anew')}
    </Button>
  );
}

function Steps({ state }: { state: PlanState }) {
  const t = useText();
  const phone = usePhone();
  const { step: asked = 'product' } = wizardRoute.useSearch();
  const navigate = wizardRoute.useNavigate();
  const [shown, setShown] = useState(false);
  const lacking = missing(state.plan);
  // Whatever the address says, a step that lacks something comes before the next one.
  const last = lacking === null ? STEPS.length - 1 : STEPS.indexOf(lacking);
  const step = Math.min(STEPS.indexOf(asked), last);
  const name = STEPS[step] ?? 'product';
  const Part = PARTS[name];
  const panel = useFocusedOnChange(name);
  const showWrong = useWrongShown(panel);
  const go = (to: number) => {
    setShown(to > last);
    if (to > last) showWrong();
    void navigate({ search: (before) => ({ ...before, step: STEPS[Math.min(to, last)] }) });
  };
  return (
    <Stack>
      <Stepper
        active={step}
        onStepClick={go}
        size={phone ? 'xs' : 'sm'}
        orientation="horizontal"
        iconSize={phone ? 26 : 30}
        wrap={!phone}
        styles={phone ? NARROW : undefined}
        aria-label={t('wizard.title')}
      >
        {STEPS.map((one, index) => (
          <Stepper.Step
            key={one}
            label={phone && index !== step ? undefined : t(`step.${one}`)}
            aria-label={t(`step.${one}`)}
          />
        ))}
      </Stepper>
      <Box ref={panel} tabIndex={-1} style={{ outline: 'none' }}>
        <Panel title={t(`step_title.${name}`)}>
          <Part state={state} showMissing={shown} />
        </Panel>
      </Box>
      <Group justify="space-between">
        {step > 0 ? (
          <Button variant="default" onClick={() => go(step - 1)}>
            {t('wizard.back')}
          </Button>
        ) : (
          <span />
        )}
        {step < STEPS.length - 1 && <Button onClick={() => go(step + 1)}>{t('wizard.next')}</Button>}
      </Group>
    </Stack>
  );
}

/** The next step is read from its top, by keyboard and screen reader as by eye. */
function useFocusedOnChange(name: string) {
  const panel = useRef<HTMLDivElement>(null);
  const seen = useRef(name);
  useEffect(() => {
    if (seen.current === name) return;
    seen.current = name;
    panel.current?.focus();
  }, [name]);
  return panel;
}

/** What is missing comes into sight: the button that was pressed may stand a window below it. */
function useWrongShown(panel: RefObject<HTMLElement | null>) {
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked === 0) return;
    const wrong = panel.current?.querySelector<HTMLElement>('[aria-invalid="true"], [id$="-error"]');
    wrong?.focus({ preventScroll: true });
    wrong?.scrollIntoView({ block: 'center' });
  }, [asked, panel]);
  return () => setAsked((times) => times + 1);
}
