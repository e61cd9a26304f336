import { enableCompileCache } from 'node:module';
import path from 'node:path';

/**
 * Where a program begins: keeps the compiled form of the sources beside the installed packages, so that
 * every start but the first is half a second shorter, then goes on in `main.ts`. Where nothing can be
 * written it goes on without.
 */
const cacheDirectory = path.join(import.meta.dirname, '../node_modules/.cache/isnad');

enableCompileCache(cacheDirectory);
// Worker threads look here when they start.
process.env['NODE_COMPILE_CACHE'] ??= cacheDirectory;
await import('./main.ts');
