// @ts-check

/**
 * Says how long the picture's address still works, second by second while there is something to say.
 * @param {HTMLElement & {src?: string}} picture
 * @param {HTMLElement} clock
 */
export function startImageClock(picture, clock) {
  const tell = () => {
    const left = Math.ceil((expiryOf(picture.src ?? '') - Date.now()) / 1000);
    const words = left > 0 ? `The server shows it for ${left} s more` : 'The server refuses this address now';
    if (Number.isFinite(left) && clock.textContent !== words) clock.textContent = words;
  };
  setInterval(tell, 500);
  tell();
}

/** @param {string} url */
function expiryOf(url) {
  return URL.canParse(url) ? Number(new URL(url).searchParams.get('expires')) * 1000 : Number.NaN;
}
