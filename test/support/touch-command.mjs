/** A command for tests: a finger that goes from one place on the page to another. */
export function touchCommand() {
  return {
    name: 'touch-command',
    async executeCommand({ command, payload, session }) {
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
