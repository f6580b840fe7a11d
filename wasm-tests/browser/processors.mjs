// Processor load while a browser plays: the total, the browser's share, its busiest thread, and the time that the host
// of a virtual machine took away. Reads Linux's /proc (proc(5)); reports nothing on other systems.
import { readFileSync, readdirSync } from 'node:fs';

/** The unit of /proc: clock ticks per second (USER_HZ). */
const TICKS_PER_S = 100;

/**
 * @typedef {object} Reading ticks since the start
 * @property {number} at_ms
 * @property {number} busy
 * @property {number} stolen by other machines on the same processors
 * @property {Map<string, number>} threads by name, of all processes that this one started
 */

/** @param {string} path */
const read = path => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The process has ended.
  }
};

/** The name and the fields after it, starting with the state. @param {string} path */
const stat = path => {
  const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(read(path)) ?? [];
  return { name, fields: rest.split(' ') };
};

/** All descendants of this process. */
function descendants() {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = Number(stat(`/proc/${entry}/stat`).fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = [process.pid];
  for (const one of found) found.push(...(children.get(one) ?? []));
  return found;
}

/** @returns {Reading} */
function look() {
  const [user, nice, system, , , irq, soft, stolen] = read('/proc/stat')
    .split('\n')[0]
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const threads = new Map();
  for (const id of descendants()) {
    let tasks = /** @type {string[]} */ ([]);
    try {
      tasks = readdirSync(`/proc/${id}/task`);
    } catch {
      /* It ended meanwhile. */
    }
    for (const task of tasks) {
      const { name, fields } = stat(`/proc/${id}/task/${task}/stat`);
      threads.set(name, (threads.get(name) ?? 0) + Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
    }
  }
  return { at_ms: Date.now(), busy: user + nice + system + irq + soft, stolen, threads };
}

/**
 * Samples once a second. `during(at_ms)` describes the two seconds around that time, `whole()` everything until now;
 * `stolen(at_ms)` is the share of one processor that other machines took in those two seconds.
 */
export function watchProcessors() {
  const tells = process.platform === 'linux';
  const readings = tells ? [look()] : [];
  const timer = setInterval(() => {
    if (tells) readings.push(look());
  }, 1000);
  const between = (/** @type {Reading} */ first, /** @type {Reading} */ last) => {
    const ticks = ((last.at_ms - first.at_ms) / 1000) * TICKS_PER_S;
    const share = (/** @type {number} */ count) => `${((100 * count) / ticks).toFixed(0)} %`;
    const ours = [...last.threads]
      .map(([name, count]) => ({ name, count: count - (first.threads.get(name) ?? 0) }))
      .sort((one, other) => other.count - one.count);
    const sum = ours.reduce((total, { count }) => total + count, 0);
    return (
      `${share(last.busy - first.busy)} of one processor busy, ${share(sum)} by the browser (`
      + `${ours
        .slice(0, 3)
        .map(({ name, count }) => `${name} ${share(count)}`)
        .join(', ')}), `
      + `${share(last.stolen - first.stolen)} taken away by other machines`
    );
  };
  /** @param {number} at_ms @returns {[Reading, Reading] | undefined} */
  const around = at_ms => {
    const end = readings.findIndex(reading => reading.at_ms >= at_ms);
    const last = end < 0 ? readings.length - 1 : end;
    return last < 1 ? undefined : [readings[Math.max(0, last - 2)], readings[last]];
  };
  return {
    during(/** @type {number} */ at_ms) {
      const pair = around(at_ms);
      return pair ? between(...pair) : '';
    },
    stolen(/** @type {number} */ at_ms) {
      const [first, last] = around(at_ms) ?? [];
      return first && last ? ((last.stolen - first.stolen) * 1000) / TICKS_PER_S / (last.at_ms - first.at_ms) : 0;
    },
    whole: () => (readings.length < 2 ? '' : between(readings[0], readings[readings.length - 1])),
    stop: () => clearInterval(timer),
  };
}
