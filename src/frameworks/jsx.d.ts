import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import '../index.js';
import type { StyledElement } from '../element/styled-element.js';

/**
 * The elements in React 19's JSX: `import type {} from 'ai-stream-elements/jsx'` once. Properties go in as properties,
 * events as `onai-part={(event) => …}`.
 */
type Tags = Pick<HTMLElementTagNameMap, Extract<keyof HTMLElementTagNameMap, `ai-${string}`>>;
type Events = Pick<GlobalEventHandlersEventMap, Extract<keyof GlobalEventHandlersEventMap, `ai-${string}`>>;

type Handlers<Element> = {
  [Name in keyof Events as `on${Name}`]?: ((event: Events[Name] & { currentTarget: Element }) => void) | undefined;
};
type Properties<Element> = { [Name in Exclude<keyof Element, keyof StyledElement>]?: Element[Name] | undefined };
type Attributes<Element> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Properties<Element>> & {
  class?: string | undefined;
};

export type AiElements = {
  [Tag in keyof Tags]: Attributes<Tags[Tag]> & Properties<Tags[Tag]> & Handlers<Tags[Tag]>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends AiElements {}
  }
}
