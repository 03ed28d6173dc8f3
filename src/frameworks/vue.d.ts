import type { DefineComponent, HTMLAttributes } from 'vue';
import '../index.js';
import type { StyledElement } from '../element/styled-element.js';

/**
 * The elements in Vue's templates: `import type {} from 'ai-stream-elements/vue'` once, and tell the compiler that tags
 * with `ai-` are no components (`compilerOptions.isCustomElement`). Events are `@ai-part="…"`.
 */
type Tags = Pick<HTMLElementTagNameMap, Extract<keyof HTMLElementTagNameMap, `ai-${string}`>>;
type Events = Pick<GlobalEventHandlersEventMap, Extract<keyof GlobalEventHandlersEventMap, `ai-${string}`>>;

/** `ai-part` → `AiPart`, as Vue spells a listener. */
type Pascal<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<Name>;

type Handlers<Element> = {
  [Name in keyof Events as `on${Pascal<Name>}`]?:
    | ((event: Events[Name] & { currentTarget: Element }) => void)
    | undefined;
};
type Properties<Element> = { [Name in Exclude<keyof Element, keyof StyledElement>]?: Element[Name] | undefined };

export type AiComponents = {
  [Tag in keyof Tags]: DefineComponent<
    Properties<Tags[Tag]> & Handlers<Tags[Tag]> & Omit<HTMLAttributes, keyof Properties<Tags[Tag]>>
  >;
};

declare module 'vue' {
  interface GlobalComponents extends AiComponents {}
}
