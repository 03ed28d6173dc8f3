/** The events of a session that its element dispatches as its own. */
const FORWARDED = [
  'ai-request',
  'ai-open',
  'ai-reconnect',
  'ai-event',
  'ai-part',
  'ai-message',
  'ai-status',
  'ai-finish',
  'ai-error',
  'ai-artifact-start',
  'ai-artifact-end',
  'ai-image',
  'ai-tool-call',
  'ai-approval',
  'ai-warning',
  'ai-warning-end',
];

interface Forwardable extends Event {
  forwardTo(target: EventTarget): void;
}

/** Dispatches on `element` what `session` dispatches; a `preventDefault()` there counts here. Until the signal. */
export function forwardEvents(session: EventTarget, element: EventTarget, signal: AbortSignal): void {
  for (const type of FORWARDED) {
    session.addEventListener(type, (event) => (event as Forwardable).forwardTo(element), { signal });
  }
}
