import type { HTMLAttributes } from 'svelte/elements';
import '../index.js';
import type { StyledElement } from '../element/styled-element.js';

/**
 * The elements in Svelte 5's markup: `import type {} from 'ai-stream-elements/svelte'` once. Properties go in as
 * properties, events as `onai-part={(event) => …}`.
 */
type Tags = Pick<HTMLElementTagNameMap, Extract<keyof HTMLElementTagNameMap, `ai-${string}`>>;
type Events = Pick<GlobalEventHandlersEventMap, Extract<keyof GlobalEventHandlersEventMap, `ai-${string}`>>;

/** `chatId` → `chat-id`, as the attribute is called. */
type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Name;

type Handlers<Element> = {
  [Name in keyof Events as `on${Name}`]?: ((event: Events[Name] & { currentTarget: Element }) => void) | undefined;
};
type Properties<Element> = { [Name in Exclude<keyof Element, keyof StyledElement>]?: Element[Name] | undefined };
type Named<Given> = Given & { [Name in keyof Given & string as Kebab<Name>]?: Given[Name] };
type Attributes<Element extends EventTarget> = Omit<HTMLAttributes<Element>, keyof Properties<Element>>;

export type AiElements = {
  [Tag in keyof Tags]: Attributes<Tags[Tag]> & Named<Properties<Tags[Tag]>> & Handlers<Tags[Tag]>;
};

declare module 'svelte/elements' {
  export interface SvelteHTMLElements extends AiElements {}
}
