/** Commands for tests: a screen that is touched, and a finger that goes from one place on the page to another. */
export function touchCommand() {
  return {
    name: 'touch-command',
    async executeCommand({ command, payload, session }) {
      if (command === 'touch-screen') return emulateTouch(session.browser.getPage(session.id), payload.on);
      if (command !== 'drag-finger') return undefined;
      const { from, to } = payload;
      const { touchscreen } = session.browser.getPage(session.id);
      await touchscreen.touchStart(...from);
      await touchscreen.touchMove((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
      await touchscreen.touchMove(...to);
      await touchscreen.touchEnd();
      return true;
    },
  };
}

/** What lasts as long as the connection that asked for it. @type {WeakMap<object, Promise<import('puppeteer-core').CDPSession>>} */
const connections = new WeakMap();

/** Whether the page's pointer is coarse, as a finger is. */
async function emulateTouch(page, enabled) {
  if (!connections.has(page)) connections.set(page, page.createCDPSession());
  await (await connections.get(page)).send('Emulation.setTouchEmulationEnabled', { enabled });
  return true;
}
