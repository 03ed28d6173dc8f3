/** In milliseconds: less than a test has, so that it is said what never came. */
const PATIENCE = 18_000;

/**
 * Asks until the answer is as wanted, and gives it.
 *
 * @template Answer
 * @param {() => Answer | Promise<Answer>} read
 * @param {(answer: Answer) => unknown} [isWanted]
 * @returns {Promise<Answer>}
 */
export async function until(read, isWanted = Boolean) {
  const end = Date.now() + PATIENCE;
  for (let answer = await read(); ; answer = await read()) {
    if (isWanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`It never came to be, ${read}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
