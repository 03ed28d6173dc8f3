/**
 * The items of batches, one at a time, as a generator with `yield*` would give them. Written by hand because that costs
 * three promises for each item, and a stream has a hundred thousand of them: here an item that is already there costs one.
 */
export function oneByOne<Item>(batches: AsyncGenerator<Item[], void, void>): AsyncGenerator<Item, void, void> {
  return new OneByOne(batches);
}

const OVER: IteratorReturnResult<void> = { done: true, value: undefined };

class OneByOne<Item> implements AsyncGenerator<Item, void, void> {
  readonly #batches: AsyncGenerator<Item[], void, void>;
  #batch: Item[] = [];
  #at = 0;
  /** Calls that came while a batch was on its way; they are answered in their order. */
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(batches: AsyncGenerator<Item[], void, void>) {
    this.#batches = batches;
  }

  next(): Promise<IteratorResult<Item, void>> {
    if (this.#waiting === 0 && this.#at < this.#batch.length) return Promise.resolve(this.#take());
    return this.#inTurn(() => this.#advance());
  }

  return(): Promise<IteratorResult<Item, void>> {
    return this.#inTurn(async () => {
      this.#batch = [];
      await this.#batches.return();
      return OVER;
    });
  }

  throw(error: unknown): Promise<IteratorResult<Item, void>> {
    return this.#inTurn(async () => {
      this.#batch = [];
      await this.#batches.return();
      throw error;
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): IteratorYieldResult<Item> {
    const value = this.#batch[this.#at]!;
    this.#at += 1;
    return { done: false, value };
  }

  async #advance(): Promise<IteratorResult<Item, void>> {
    while (this.#at >= this.#batch.length) {
      const { done, value } = await this.#batches.next();
      if (done) return OVER;
      this.#batch = value;
      this.#at = 0;
    }
    return this.#take();
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    const result = this.#last.then(act).finally(() => (this.#waiting -= 1));
    this.#last = result.catch(() => {});
    return result;
  }
}
