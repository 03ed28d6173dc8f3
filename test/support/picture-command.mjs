import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Commands for tests: a picture of a part of the page, and the thumbnails that pictures are held to. */
export function pictureCommand({ thumbnails }) {
  const known = () => {
    try {
      return JSON.parse(readFileSync(thumbnails, 'utf8'));
    } catch {
      return {};
    }
  };
  return {
    name: 'picture-command',
    async executeCommand({ command, payload, session }) {
      if (command === 'known-thumbnails') return known();
      if (command === 'keep-thumbnail') {
        if (process.env.UPDATE_THUMBNAILS === undefined) return false;
        const all = Object.entries({ ...known(), ...payload }).toSorted(([a], [b]) => (a < b ? -1 : 1));
        writeFileSync(thumbnails, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
        return true;
      }
      if (command === 'media-feature') {
        const client = await session.browser.getPage(session.id).createCDPSession();
        await client.send('Emulation.setEmulatedMedia', { features: [payload] });
        return true;
      }
      if (command !== 'take-picture') return undefined;
      const { name, clip } = payload;
      const client = await session.browser.getPage(session.id).createCDPSession();
      // What nobody keeps need not be small.
      const { data } = await client.send('Page.captureScreenshot', { clip, optimizeForSpeed: true });
      await client.detach();
      if (process.env.PICTURES && name) {
        mkdirSync(process.env.PICTURES, { recursive: true });
        writeFileSync(join(process.env.PICTURES, `${name}.png`), Buffer.from(data, 'base64'));
      }
      return data;
    },
  };
}
