import { http, type Schemas } from '@/shared/api/client';
import { ifMatch, type Read, versioned } from '../edit/useEdit';
import type { Block, Purpose } from './blockValues';

/** The texts of a purpose and the version they were read in; none yet is an empty list. */
export async function readBlocks(purpose: Purpose): Promise<Read<Block[]>> {
  if ('kind' in purpose) {
    const params = { path: { kind: purpose.kind } };
    const { value, version } = versioned(await http.GET('/api/knowledge/blocks/{kind}', { params }));
    return { value: value.blocks, version };
  }
  // The whole list: to a class without answers yet there is nothing to ask for.
  const { value, version } = versioned(await http.GET('/api/knowledge/objections'));
  return { value: value.items.find((one) => one.class === purpose.class)?.answers ?? [], version };
}

/** Puts the texts of a purpose, if nobody changed the base meanwhile. */
export async function putBlocks(purpose: Purpose, blocks: Block[], version: string): Promise<void> {
  if ('kind' in purpose)
    await http.PUT('/api/knowledge/blocks/{kind}', {
      params: { path: { kind: purpose.kind }, header: ifMatch(version) },
      body: { blocks },
    });
  else
    await http.PUT('/api/knowledge/objections/{class}', {
      params: { path: { class: purpose.class }, header: ifMatch(version) },
      body: { answers: blocks },
    });
}

/** What the server calls the list of texts when it names a problem in it. */
export function listName(purpose: Purpose): keyof Schemas['BlocksInput'] | keyof Schemas['AnswersInput'] {
  return 'kind' in purpose ? 'blocks' : 'answers';
}
