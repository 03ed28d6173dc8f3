/** A command for tests: the page's live JavaScript heap in bytes, and its DOM nodes and listeners, after a collection. */
export function heapCommand() {
  return {
    name: 'heap-command',
    async executeCommand({ command, session }) {
      if (command !== 'live-heap') return undefined;
      const client = await session.browser.getPage(session.id).createCDPSession();
      await client.send('HeapProfiler.enable');
      // Twice: what finalizers let go of in the first collection falls to the second.
      await client.send('HeapProfiler.collectGarbage');
      await client.send('HeapProfiler.collectGarbage');
      const { usedSize } = await client.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
      await client.detach();
      return { bytes: usedSize, nodes, listeners: jsEventListeners };
    },
  };
}
