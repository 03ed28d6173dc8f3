import { setTimeout as sleep } from 'node:timers/promises';

/** A command for tests: the page sleeps for so many milliseconds, as in the background of a phone. */
export function freezeCommand() {
  return {
    name: 'freeze-command',
    async executeCommand({ command, payload, session }) {
      if (command !== 'freeze-page') return undefined;
      const client = await session.browser.getPage(session.id).createCDPSession();
      await client.send('Page.setWebLifecycleState', { state: 'frozen' });
      await sleep(payload.milliseconds);
      await client.send('Page.setWebLifecycleState', { state: 'active' });
      await client.detach();
      return true;
    },
  };
}
