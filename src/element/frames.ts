type Task = () => void;

const waiting = new Set<Task>();
// A window that a page has opened has frames while the page itself is hidden and has none.
const documents = new Set<Document>();
// Invariant: while a task waits, a frame of each document that elements stand in is asked for, and of none twice.
const asked = new WeakSet<Document>();

/**
 * Runs `task` once, in the next frame, together with what every other element of the page has waiting. A task that
 * waits already is not added twice. A hidden page has no frames: its tasks wait until it is seen again.
 */
export function onNextFrame(task: Task): void {
  if (waiting.size === 0) for (const place of [document, ...documents]) askForFrame(place);
  waiting.add(task);
}

/** Takes a task back before its frame has come. */
export function cancelFrame(task: Task): void {
  waiting.delete(task);
}

/** Has the frames of a document run tasks, too. */
export function drawIn(place: Document): void {
  documents.add(place);
  if (waiting.size > 0) askForFrame(place);
}

function askForFrame(place: Document): void {
  const view = place.defaultView;
  if (!view) documents.delete(place);
  if (!view || asked.has(place)) return;
  asked.add(place);
  view.requestAnimationFrame(() => {
    asked.delete(place);
    runWaiting();
  });
}

function runWaiting(): void {
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
