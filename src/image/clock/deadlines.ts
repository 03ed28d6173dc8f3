/** The longest delay that `setTimeout` keeps: 2³¹ − 1 ms, 24.8 days. A longer one fires at once. */
const MAX_DELAY = 2 ** 31 - 1;
/**
 * Timers stand still while a computer sleeps, and a page that was visible all the time gets no event on waking. So a visible page looks at
 * the clock at least this often while it has any deadline; a hidden one looks when it is seen again.
 */
const HEARTBEAT = 60_000;

// Every deadline of the page that lies ahead. Invariant: a timer is armed exactly when this set is not empty.
const pending = new Set<Deadline>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** Where the timer stands now; meaningless without one. */
let armedFor = Infinity;

/** A moment of the wall clock at which something is to happen. All of a page share one timer, nearest first. */
export class Deadline {
  #time = Infinity;
  readonly #callback: () => void;

  constructor(callback: () => void) {
    this.#callback = callback;
  }

  get time(): number {
    return this.#time;
  }

  /** Sets or moves it; `Infinity` takes it back. A moment that is past comes at once, in a task of its own. */
  set(time: number): void {
    this.#time = time;
    if (time === Infinity) pending.delete(this);
    else pending.add(this);
    if (pending.size === 0) disarm();
    else if (timer === undefined || time < armedFor) arm();
  }

  clear(): void {
    this.set(Infinity);
  }

  /** The clock's owner calls this; a callback that throws must not cost the others their moment. */
  reach(): void {
    this.clear();
    try {
      this.#callback();
    } catch (error) {
      reportError(error);
    }
  }
}

function arm(): void {
  if (timer === undefined) listen();
  clearTimeout(timer);
  armedFor = nearest();
  const longest = document.visibilityState === 'visible' ? HEARTBEAT : MAX_DELAY;
  timer = setTimeout(lookAtTheClock, Math.min(Math.max(armedFor - Date.now(), 0), longest));
}

function disarm(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  document.removeEventListener('visibilitychange', lookAtTheClock);
  removeEventListener('pageshow', lookAtTheClock);
  removeEventListener('focus', lookAtTheClock);
}

/** The moments at which a page may have slept. */
function listen(): void {
  document.addEventListener('visibilitychange', lookAtTheClock);
  addEventListener('pageshow', lookAtTheClock);
  addEventListener('focus', lookAtTheClock);
}

function nearest(): number {
  let first = Infinity;
  for (const deadline of pending) first = Math.min(first, deadline.time);
  return first;
}

function lookAtTheClock(): void {
  const now = Date.now();
  const reached = [...pending].filter((deadline) => deadline.time <= now).sort((a, b) => a.time - b.time);
  for (const deadline of reached) if (deadline.time <= now) deadline.reach();
  if (pending.size > 0) arm();
}
