import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../../src/errors.ts';
import { judgeEngineError } from '../../../src/store/engine/engine-error.ts';

describe('an error of the engine', () => {
  it('leaves it healthy when it is an ordinary one', () => {
    const ordinary = [
      [new Error('error at 3:9: expected one of FILTER, VALUES, [_]'), 'query-syntax'],
      [new Error('The service <http://x> is not supported'), 'query-unsupported'],
      [new Error('The custom function <http://f> is not supported'), 'query-unsupported'],
      [new Error('Not supported RDF format media type: text/csv'), 'not-acceptable'],
      [new Error('Parser error at line 1 column 23: The object'), 'rdf-syntax'],
      [new Error('Cannot create a string longer than 0x1fffffe8 characters'), 'result-too-large'],
      [new Error('something else'), 'query-failed'],
      [new IsnadError('result-too-large', 'x'), 'result-too-large'],
    ] as const;
    for (const [thrown, code] of ordinary) {
      expect(judgeEngineError(thrown)).toMatchObject({ poisoned: false, error: { code } });
    }
  });

  it('condemns it when it is anything else', () => {
    const fatal = [
      new RangeError('Maximum call stack size exceeded'),
      new WebAssembly.RuntimeError('memory access out of bounds'),
      new TypeError('Reflect.get called on non-object'),
      new Error('recursive use of an object detected which would lead to unsafe aliasing in rust'),
      new Error('unreachable'),
      'a string',
      undefined,
    ];
    for (const thrown of fatal)
      expect(judgeEngineError(thrown)).toMatchObject({
        poisoned: true,
        error: { code: 'query-failed' },
      });
  });

  it('says where the query is wrong, without the grammar’s character classes', () => {
    const message =
      "error at 1:20: expected one of OPTIONAL, Prefix not found, ['%'], ['-' | '0' ..= '9' | '\\u{00B7}'], ['.'], [_]";
    expect(judgeEngineError(new Error(message)).error).toMatchObject({
      position: { line: 1, column: 20 },
      detail: 'The query cannot be parsed: expected one of OPTIONAL, Prefix not found.',
    });
    expect(judgeEngineError(new Error('error at 1:1: expected [_]')).error.detail).toBe(
      'The query cannot be parsed: this is not expected here.',
    );
  });
});
