import { defineConfig } from '@playwright/test';
import usual from './playwright.config';

const HOUR_MS = 3_600_000;

/** `npm run browser:large`: the lists with a million contacts and 50,000 dialogs. Filling the database takes minutes. */
export default defineConfig({ ...usual, testDir: 'large', timeout: HOUR_MS, retries: 0 });
