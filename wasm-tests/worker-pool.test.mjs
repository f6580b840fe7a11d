// The pool of the page's workers: calls at the same time share a worker, and a lost worker is replaced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shared, WorkerPool } from '../www/workers/worker-pool.js';

/** A pool of workers that begin when the test says so. */
function pool() {
  /**
   * @type {{
   *   place: number, isLost: boolean, hasEnded: boolean, end: () => void, begin: () => void, fail: () => void,
   * }[]}
   */
  const started = [];
  const workers = new WorkerPool(
    place =>
      new Promise((resolve, reject) => {
        const worker = {
          place,
          isLost: false,
          hasEnded: false,
          end() {
            worker.isLost = worker.hasEnded = true;
          },
          begin: () => resolve(worker),
          fail: () => reject('lost'),
        };
        started.push(worker);
      }),
  );
  return { workers, started };
}

test('calls of the same moment share one worker, each place has its own', async () => {
  const { workers, started } = pool();
  const calls = [workers.at(1), workers.at(0), workers.at(1), workers.all(2)];
  assert.deepEqual(
    started.map(({ place }) => place),
    [1, 0],
  );
  for (const worker of started) worker.begin();
  const [one, zero, again, both] = await Promise.all(calls);
  assert.equal(one, again);
  assert.deepEqual(both, [zero, one]);
  assert.equal(await workers.at(0), zero);
  assert.equal(started.length, 2);
});

test('a worker that is lost or could not start has one successor, however many ask for it', async () => {
  const { workers, started } = pool();
  const failed = workers.at(0);
  started[0].fail();
  await assert.rejects(failed, reason => reason === 'lost');
  const second = workers.at(0);
  started[1].begin();
  (await second).end();
  const calls = [workers.at(0), workers.at(0)];
  assert.equal(started.length, 3);
  started[2].begin();
  const [one, other] = await Promise.all(calls);
  assert.equal(one, other);
  assert.equal(one.isLost, false);
});

test('the end ends every worker, also one that begins later; the next call starts another one', async () => {
  const { workers, started } = pool();
  const calls = [workers.at(0), workers.at(2)];
  started[0].begin();
  await calls[0];
  workers.end();
  const next = workers.at(2);
  started[1].begin();
  started[2].begin();
  await Promise.all([...calls, next]);
  assert.deepEqual(
    started.map(({ hasEnded }) => hasEnded),
    [true, true, false],
  );
});

test('what all workers need is loaded once for those who ask at the same moment, and again after a failure', async () => {
  let loads = 0;
  const needed = shared(async () => {
    if (++loads === 1) throw 'lost';
    return loads;
  });
  const refused = await Promise.allSettled([needed(), needed()]);
  assert.deepEqual(
    refused.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(await Promise.all([needed(), needed()]), [2, 2]);
  assert.equal(await needed(), 2);
});
