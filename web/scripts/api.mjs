// Writes the API's types from the server's document, or (--check) fails when they differ from it.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../docs/openapi.json', import.meta.url);
const target = new URL('../src/shared/api/schema.gen.ts', import.meta.url);

const document = JSON.parse(await readFile(source, 'utf8'));
// Calls are made by path, not by an operation's id, and every refusal is a Problem (shared/api/problem.ts): what
// says so for each operation anew is left out.
for (const methods of Object.values(document.paths)) {
  for (const operation of Object.values(methods)) {
    delete operation.operationId;
    const answers = Object.entries(operation.responses ?? {});
    operation.responses = Object.fromEntries(answers.filter(([status]) => status.startsWith('2')));
  }
}
const written = `// Made from docs/openapi.json by \`npm run api\`. Do not edit.\n${astToString(await openapiTS(document, { defaultNonNullable: false }))}`;
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== written) {
    console.error('src/shared/api/schema.gen.ts is not what docs/openapi.json says: run `npm run api`.');
    process.exit(1);
  }
} else {
  await writeFile(target, written);
}
