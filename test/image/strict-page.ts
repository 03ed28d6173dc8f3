import '../../src/define/ai-image.js';

/** What the page's policy has refused, as `directive blocked`. */
export interface StrictWindow extends Window {
  refused: string[];
}

const refused: string[] = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  refused.push(`${effectiveDirective} ${blockedURI}`);
});
(window as unknown as StrictWindow).refused = refused;
