// @ts-check

/** Counts the answers that are being written, and how they ended: a test reads here whether Stop really stops. */
export class StreamStats {
  #open = 0;
  #finished = 0;
  #stoppedEarly = 0;

  /**
   * Counts one answer for as long as it is being written.
   * @param {() => Promise<boolean>} write gives whether it came to its end
   */
  async count(write) {
    this.#open += 1;
    let isWhole = false;
    try {
      isWhole = await write();
    } finally {
      this.#open -= 1;
      if (isWhole) this.#finished += 1;
      else this.#stoppedEarly += 1;
    }
  }

  toJSON() {
    return { open: this.#open, finished: this.#finished, stoppedEarly: this.#stoppedEarly };
  }
}
