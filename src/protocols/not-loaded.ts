import { StreamError } from '../stream/stream-error.js';

/** What to throw where a file of the package itself could not be had. */
export function notLoaded(what: string, cause: unknown): StreamError {
  return new StreamError('network', `What reads ${what} could not be loaded.`, {
    remedy: 'It stands in `lazy/`, beside the file for a script tag; with a bundler, in a file of its own.',
    cause,
  });
}
