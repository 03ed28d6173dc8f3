type Task = () => void;

// Invariant: a frame is asked for exactly when this set is not empty.
const waiting = new Set<Task>();
/** Windows beside the script's own that elements stand in. */
const others = new Set<Window>();
/** Of the frames that are asked for together, the first one counts. */
let asked: object | undefined;

/**
 * Runs `task` once, in the next frame, together with what every other element of the page has waiting. A task that
 * waits already is not added twice. A hidden page has no frames: its tasks wait until it is seen again.
 */
export function onNextFrame(task: Task): void {
  if (waiting.size === 0) askForFrames();
  waiting.add(task);
}

/** Takes a task back before its frame has come. */
export function cancelFrame(task: Task): void {
  waiting.delete(task);
}

/** Counts the frames of a window, too, that a page has opened: it has some while the page itself is hidden. */
export function drawIn(view: Window): void {
  if (view === window || others.has(view)) return;
  others.add(view);
  if (waiting.size > 0) askForFrames();
}

function askForFrames(): void {
  const batch = (asked = {});
  const run = (): void => {
    if (batch === asked) runWaiting();
  };
  requestAnimationFrame(run);
  for (const view of others) {
    if (view.closed) others.delete(view);
    else view.requestAnimationFrame(run);
  }
}

function runWaiting(): void {
  asked = undefined;
  const tasks = [...waiting];
  waiting.clear();
  for (const task of tasks) runContained(task);
}

/** One element's failure must not cost another its frame. */
function runContained(task: Task): void {
  try {
    task();
  } catch (error) {
    reportError(error);
  }
}

const measuring = new Set<(cost: number) => void>();
let channel: MessageChannel | undefined;
let frameStart = 0;

/**
 * Tells how many milliseconds of the main thread the current frame took, with the layout and paint that the tasks in it
 * caused. To be called from a task of `onNextFrame`.
 */
export function measureFrame(tell: (cost: number) => void): void {
  if (measuring.size === 0) {
    frameStart = performance.now();
    channel ??= createChannel();
    // A message that is sent in a frame arrives when the frame has been painted.
    channel.port2.postMessage(null);
  }
  measuring.add(tell);
}

function createChannel(): MessageChannel {
  const created = new MessageChannel();
  created.port1.addEventListener('message', tellCost);
  created.port1.start();
  return created;
}

function tellCost(): void {
  const cost = performance.now() - frameStart;
  const told = [...measuring];
  measuring.clear();
  for (const tell of told) tell(cost);
}
