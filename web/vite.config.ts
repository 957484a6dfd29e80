import { fileURLToPath } from 'node:url';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { compression } from 'vite-plugin-compression2';
import { defineConfig } from 'vitest/config';
import { unusedStyles } from './scripts/unused-styles.ts';

/** The server that `npm run dev` passes the API's requests on to. */
const server = process.env.ALFA_URL ?? 'http://127.0.0.1:8000';
const proxy = { '/api': { target: server, changeOrigin: true, headers: { origin: server } } };

export default defineConfig({
  base: '/admin/',
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true }),
    react(),
    unusedStyles(),
    compression({ algorithms: ['brotliCompress', 'gzip'], threshold: 512 }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    // Icons and the like stay files: the page's policy is easier to keep strict.
    assetsInlineLimit: 0,
  },
  server: { port: 8111, proxy },
  preview: { port: 8112, proxy },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./src/test-setup.ts'],
  },
});
