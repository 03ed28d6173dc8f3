type Task = () => void;

// Invariant: a frame is asked for exactly when this set is not empty.
const waiting = new Set<Task>();

/**
 * Runs `task` once, in the next frame, together with what every other element of the page has waiting. A task that
 * waits already is not added twice. A hidden page has no frames: its tasks wait until it is seen again.
 */
export function onNextFrame(task: Task): void {
  if (waiting.size === 0) requestAnimationFrame(runWaiting);
  waiting.add(task);
}

/** Takes a task back before its frame has come. */
export function cancelFrame(task: Task): void {
  waiting.delete(task);
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
