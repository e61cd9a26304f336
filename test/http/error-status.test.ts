import { describe, expect, it } from 'vitest';
import { errorCatalogue, IsnadError, type ErrorCode } from '../../src/errors.ts';
import { errorStatus, retryAfterSeconds } from '../../src/http/error-status.ts';
import { problemOf } from '../../src/http/problem.ts';
import { toIsnadError } from '../../src/http/to-isnad-error.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

describe('every error code', () => {
  it('has a status, and no status is for a code that is gone', () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(Object.keys(errorStatus).toSorted()).toEqual(codes.toSorted());
  });

  it.each(codes)('%s has the status of a refusal or failure', (code) => {
    expect(errorStatus[code]).toBeGreaterThanOrEqual(400);
    expect(errorStatus[code]).toBeLessThan(600);
  });

  it('that passes by itself is a 503, or a 429 where the client itself is too much', () => {
    for (const code of Object.keys(retryAfterSeconds) as ErrorCode[]) {
      expect(errorStatus[code]).toBe(code === 'client-busy' ? 429 : 503);
    }
  });
});

describe('a problem detail', () => {
  it('tells what is wrong, where, and what to do', () => {
    const error = new IsnadError('query-syntax', 'Expected a brace.', {
      position: { line: 3, column: 7 },
      extra: { near: 'WHERE' },
    });
    expect(problemOf(error, 'urn:x')).toEqual({
      type: 'urn:isnad:error:query-syntax',
      title: errorCatalogue['query-syntax'].meaning,
      status: 400,
      detail: 'Expected a brace.',
      instance: 'urn:x',
      code: 'query-syntax',
      action: errorCatalogue['query-syntax'].action,
      position: { line: 3, column: 7 },
      near: 'WHERE',
    });
  });

  it('does not let an extension take the place of a standard member', () => {
    const error = new IsnadError('not-found', 'Nothing.', { extra: { status: 200, code: 'fine' } });
    expect(problemOf(error, 'urn:x')).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('what Express refuses by itself', () => {
  it('becomes an error of the catalogue', () => {
    const tooLarge = Object.assign(new Error('too large'), {
      status: 413,
      type: 'entity.too.large',
      limit: 10,
    });
    expect(toIsnadError(tooLarge)).toMatchObject({
      code: 'request-too-large',
      extra: { limit: 10, unit: 'bytes' },
    });
    expect(toIsnadError(Object.assign(new Error('bad'), { status: 400 })).code).toBe(
      'invalid-parameter',
    );
    expect(toIsnadError(new Error('defect')).code).toBe('internal');
    expect(toIsnadError('text').code).toBe('internal');
  });
});
