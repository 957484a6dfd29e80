// A large business: filled once, as an upload and a database that was written to while Alfa stood still.
import { execFile } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Alfa } from '../browser/server';

const BENCH = join(import.meta.dirname, '../../bench/admin.py');
const POLL_MS = 1_000;
const UPLOAD_MS = 1_800_000;

export const CONTACTS = Number(process.env.LARGE_CONTACTS ?? 1_000_000);
export const DIALOGS = Number(process.env.LARGE_DIALOGS ?? 50_000);

const python = (...args: string[]) => promisify(execFile)('python3', [BENCH, ...args]);

/** Starts Alfa with all of it. */
export async function largeAlfa(): Promise<Alfa> {
  const alfa = await Alfa.start({ SANDBOX_SCENARIO: '', LOG_LEVEL: 'warn' });
  try {
    const file = join(alfa.folder, 'people.csv');
    await python('people', file, String(CONTACTS));
    await upload(alfa, file);
    await alfa.down();
    await python('dialogs', join(alfa.folder, 'alfa.db'), String(DIALOGS));
    await alfa.up();
    return alfa;
  } catch (error) {
    await alfa.end();
    throw error;
  }
}

async function upload(alfa: Alfa, file: string) {
  const form = new FormData();
  form.set('file', await openAsBlob(file), 'people.csv');
  const answer = await fetch(`${alfa.url}/api/contacts/upload?background=true`, {
    method: 'POST',
    body: form,
  });
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: number };
  const until = Date.now() + UPLOAD_MS;
  while (Date.now() < until) {
    const job = await alfa.call<{ state: string; error?: string }>('GET', `/api/jobs/${id}`);
    if (job.state === 'done') return;
    if (job.state === 'failed') throw new Error(`upload: ${job.error}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  throw new Error('upload: not done in half an hour');
}
