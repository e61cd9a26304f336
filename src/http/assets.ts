import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler } from 'express';
import type { AssetName } from '../web/page.ts';

const directory = path.join(import.meta.dirname, '..', 'web', 'assets');

/** The path of an asset with a fingerprint of its content, so that it may be kept for ever. */
const fingerprinted = (name: AssetName): string => {
  const digest = createHash('sha256').update(readFileSync(path.join(directory, name)));
  return `/assets/${name}?v=${digest.digest('hex').slice(0, 12)}`;
};

/** The path of each asset of the pages. */
export const assetPaths: Readonly<Record<AssetName, string>> = {
  'isnad.css': fingerprinted('isnad.css'),
  'sparql-editor.js': fingerprinted('sparql-editor.js'),
  'icon.svg': fingerprinted('icon.svg'),
};

/** Serves the files of `src/web/assets`: for a year when asked by fingerprint, else checked each time. */
export const serveAssets = (): RequestHandler =>
  express.static(directory, {
    index: false,
    redirect: false,
    setHeaders: (response) => {
      const byFingerprint = /[?&]v=/.test(response.req.url ?? '');
      const policy = byFingerprint ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('Cache-Control', policy);
    },
  });
