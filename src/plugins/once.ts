import { saidBy } from '../element/said-by.js';
import { isSameList } from '../conversation/thread/same-list.js';
import type { MarkdownPlugin } from '../markdown/plugin.js';

/** Others are forgotten first. */
const MOST = 20;

/** The same plugin for the same options, so that one that is made at each render of a framework is no other each time. */
export function once<Options extends object>(make: (options: Options) => MarkdownPlugin) {
  const made: { said: unknown[]; plugin: MarkdownPlugin }[] = [];
  return (options: Options): MarkdownPlugin => {
    const said = saidBy(options);
    const known = made.find((one) => isSameList(one.said, said));
    if (known) return known.plugin;
    const plugin = make(options);
    if (made.unshift({ said, plugin }) > MOST) made.pop();
    return plugin;
  };
}
