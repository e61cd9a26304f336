import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QuietMoment } from '../../src/store/quiet-moment.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Something happens every 60 ms, so often. */
const happen = (moment: QuietMoment, times: number): void => {
  for (let n = 0; n < times; n += 1) {
    moment.wait();
    vi.advanceTimersByTime(60);
  }
};

describe('a quiet moment', () => {
  it('comes when nothing happens any more, and once', () => {
    const work = vi.fn<() => void>();
    const moment = new QuietMoment({ quietMs: 100, patienceMs: 10_000 }, work);
    happen(moment, 5);
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(40);
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(20_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is not waited for longer than patience lasts, and after the work anew', () => {
    const work = vi.fn<() => void>();
    const moment = new QuietMoment({ quietMs: 100, patienceMs: 300 }, work);
    happen(moment, 5);
    expect(work).toHaveBeenCalledTimes(1);
    moment.forget();
    happen(moment, 4);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does not come once it is not wanted', () => {
    const work = vi.fn<() => void>();
    const moment = new QuietMoment({ quietMs: 100, patienceMs: 300 }, work);
    moment.wait();
    moment.cancel();
    vi.advanceTimersByTime(1000);
    expect(work).not.toHaveBeenCalled();
  });
});
