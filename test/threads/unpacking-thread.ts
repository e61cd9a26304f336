import { parentPort } from 'node:worker_threads';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { whole } from '../../src/threads.ts';

/** Does nothing but what a thread must not be torn off in the midst of. */
const packed = zstdCompressSync(Buffer.from('text '.repeat(200)));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
parentPort?.postMessage('begun');
for (;;) whole(() => zstdDecompressSync(packed));
