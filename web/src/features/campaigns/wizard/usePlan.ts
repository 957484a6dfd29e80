import { useEffect, useState } from 'react';
import { api } from '@/shared/api/client';
import { chosenPeople } from '@/shared/contact/chosen';
import { wizardRoute } from '../search';
import { useText } from '../texts';
import { EMPTY_PLAN, likeCampaign, type Plan } from './plan';

const KEPT = 'alfa.campaign.plan';

/** A plan and how its steps change it. */
export interface PlanState {
  plan: Plan;
  change: (part: Partial<Plan>) => void;
  /** Forgets the plan: it became a campaign. */
  done: () => void;
  /** Whether something was begun that can be put away. */
  begun: boolean;
  /** Puts away what was begun, and gives it back when told so. */
  startAnew: () => () => void;
  /** False while the campaign to copy is being read. */
  ready: boolean;
}

function readKept(): Plan {
  try {
    return { ...EMPTY_PLAN, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Plan>) };
  } catch {
    return EMPTY_PLAN;
  }
}

/** The plan that the wizard works on; kept in the browser, so that a reload loses nothing. */
export function usePlan(): PlanState {
  const t = useText();
  const { copy, segment, chosen } = wizardRoute.useSearch();
  const model = api.useQuery(
    'get',
    '/api/campaigns/{id}',
    { params: { path: { id: copy ?? 0 } } },
    { enabled: copy !== undefined },
  );
  const [own, setOwn] = useState<Plan | null>(() => {
    if (copy !== undefined) return null;
    if (chosen) return { ...readKept(), segment: {}, contactIds: chosenPeople() };
    return segment ? { ...readKept(), segment, contactIds: [] } : readKept();
  });
  const navigate = wizardRoute.useNavigate();
  // Taken over into the plan, which is kept: a reload after a change must not begin with the address again.
  useEffect(() => {
    if (segment || chosen)
      void navigate({
        search: (before) => ({ ...before, segment: undefined, chosen: undefined }),
        replace: true,
      });
  }, [segment, chosen, navigate]);
  const copied = model.data ? likeCampaign(model.data, t('wizard.copy_of', { name: model.data.name })) : null;
  const plan = own ?? copied ?? EMPTY_PLAN;
  useEffect(() => {
    if (own) localStorage.setItem(KEPT, JSON.stringify(own));
  }, [own]);
  return {
    plan,
    change: (part) => setOwn({ ...plan, ...part }),
    begun: JSON.stringify(plan) !== JSON.stringify(EMPTY_PLAN),
    startAnew: () => {
      setOwn(EMPTY_PLAN);
      return () => setOwn(plan);
    },
    done: () => {
      setOwn(null);
      localStorage.removeItem(KEPT);
    },
    ready: own !== null || copied !== null,
  };
}
