/** What a reader presses may be about a thread that is there no more: then nothing comes of it. */
export function unlessRefused(turn: Promise<unknown>): void {
  turn.catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error;
  });
}
