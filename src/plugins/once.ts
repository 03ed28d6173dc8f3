import { copyOf, isAlike } from '../alike.js';
import type { MarkdownPlugin } from '../markdown/plugin.js';

/** Others are forgotten first. */
const MOST = 20;

/** The same plugin for the same options, so that one that is made at each render of a framework is no other each time. */
export function once<Options extends object>(make: (options: Options) => MarkdownPlugin) {
  const made: { options: unknown; plugin: MarkdownPlugin }[] = [];
  return (options: Options): MarkdownPlugin => {
    const known = made.find((one) => isAlike(one.options, options));
    if (known) return known.plugin;
    const plugin = make(options);
    if (made.unshift({ options: copyOf(options), plugin }) > MOST) made.pop();
    return plugin;
  };
}
