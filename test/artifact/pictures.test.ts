import { executeServerCommand, emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { Picture } from '../support/picture.js';
import { ScriptedSession, button, panelFor, part, shown } from './panel-fixture.js';
import { PANEL_STATES } from './panel-states.js';

/**
 * Each view as a picture, in light and dark. Pictures of two machines differ in every letter, since their fonts do, so no
 * picture is held to another machine's, pixel by pixel. Held are what a designer would look for: everything that is
 * written stands out from its ground as WCAG's AA asks, measured in the painted pixels; dark is dark; nothing is cut off,
 * covered or wider than the panel; the same is painted twice; and a thumbnail of 16 by 12 fields, in which a letter is
 * less than a pixel and a lost background, bar or padding is not, is near the one that was looked at and kept
 * (`UPDATE_THUMBNAILS=1` keeps new ones, `PICTURES=folder` puts the pictures there to be looked at).
 */
const GRID = [16, 12] as const;
/** A field may be so much lighter or darker than it was, of 255; other fonts make so much of a difference. */
const FIELD_TOLERANCE = 20;
const FIELDS_TOLERATED = 0.12;
/** WCAG 2, AA; a disabled control is exempt. */
const AA = 4.5;
const AA_LARGE = 3;

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;
const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

async function panelIn(name: string): Promise<AiArtifactPanel> {
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  panel.style.blockSize = '30rem';
  await PANEL_STATES[name]!.reach(panel, session);
  await shown(panel);
  return panel;
}

/** Every piece of text that can be seen, where it stands. */
function textsOf(panel: AiArtifactPanel): { text: string; box: DOMRect; element: Element }[] {
  const walker = document.createTreeWalker(root(panel), NodeFilter.SHOW_TEXT);
  const found = [];
  const edge = panel.getBoundingClientRect();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent!.trim();
    if (
      !element ||
      text === '' ||
      element.closest('option, style, .visually-hidden, :disabled, [disabled], [aria-disabled=true]')
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of [...range.getClientRects()].slice(0, 12)) {
      const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 12;
      if (isSeen && box.top >= edge.top && box.bottom <= edge.bottom && isOnTop(panel, box, element))
        found.push({ text: text.slice(0, 40), box, element });
    }
  }
  return found;
}

function isOnTop(panel: AiArtifactPanel, { left, top, width, height }: DOMRect, element: Element): boolean {
  const hit = root(panel).elementFromPoint(left + Math.min(width / 2, 8), top + height / 2);
  return hit !== null && (hit === element || hit.contains(element) || element.contains(hit));
}

function faintTexts(panel: AiArtifactPanel, picture: Picture): string[] {
  const faint = textsOf(panel).map(({ text, box, element }) => {
    const { fontSize, fontWeight } = getComputedStyle(element);
    const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
    const contrast = picture.contrastIn(box);
    return contrast < (isLarge ? AA_LARGE : AA) ? `${text}: ${contrast.toFixed(2)}` : '';
  });
  return faint.filter(Boolean);
}

/** Controls that cannot be reached where they stand: outside the panel, without a size, or under something. */
function lostControls(panel: AiArtifactPanel): string[] {
  const edge = root(panel).querySelector('.panel')!.getBoundingClientRect();
  const controls = [...root(panel).querySelectorAll<HTMLElement>('button, select, input, summary, [role="tab"]')];
  const lost = controls.filter((control) => {
    if (!control.checkVisibility() || control.closest('.artifacts, #content, .console')) return false;
    const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
    const isInside =
      left >= edge.left - 1 && right <= edge.right + 1 && top >= edge.top - 1 && bottom <= edge.bottom + 1;
    const hit = root(panel).elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isCovered = hit?.closest('.items') !== null && !control.closest('.items');
    return !isInside || width < 20 || height < 20 || (!isCovered && !control.contains(hit));
  });
  return lost.map((control) => control.getAttribute('aria-label') ?? control.textContent!.trim());
}

function fits(panel: AiArtifactPanel): void {
  expect(root(panel).querySelector('.panel')!.scrollWidth, 'no wider than the panel').to.be.at.most(panel.clientWidth);
  expect(document.documentElement.scrollWidth, 'no wider than the window').to.be.at.most(innerWidth);
  expect(lostControls(panel)).to.deep.equal([]);
}

/** The part of a thumbnail's fields that are not near those of another. */
function farFrom(known: string[], seen: string[]): number {
  const fields = (rows: string[]): number[] =>
    rows.flatMap((row) => row.match(/../g)!.map((field) => parseInt(field, 16)));
  const [before, now] = [fields(known), fields(seen)];
  return now.filter((field, at) => Math.abs(field - (before[at] ?? -999)) > FIELD_TOLERANCE).length / now.length;
}

async function isLikeItWas(name: string, picture: Picture): Promise<void> {
  const seen = picture.thumbnail(...GRID);
  if (await executeServerCommand('keep-thumbnail', { [name]: seen })) return;
  const known = (await executeServerCommand<Record<string, string[]>, undefined>('known-thumbnails'))[name];
  expect(known, 'a thumbnail to compare with: look at the picture, then UPDATE_THUMBNAILS=1').to.be.an('array');
  const message = `${name}\nwas\n${known!.join('\n')}\nis\n${seen.join('\n')}\n`;
  expect(farFrom(known!, seen), message).to.be.at.most(FIELDS_TOLERATED);
}

async function looksRight(name: string, state: string, panel: AiArtifactPanel, scheme: Scheme): Promise<Picture> {
  const picture = await Picture.of(panel, name);
  expect(root(panel).querySelector(PANEL_STATES[state]!.shows), 'what the view is for').to.not.equal(null);
  fits(panel);
  expect(faintTexts(panel, picture), 'contrast').to.deep.equal([]);
  const header = part(panel, 'header')!.getBoundingClientRect();
  if (scheme === 'dark') expect(picture.lightnessOf(header)).to.be.lessThan(0.05);
  else expect(picture.lightnessOf(header)).to.be.greaterThan(0.85);
  expect(picture.coloursIn(panel.getBoundingClientRect()).length, 'something is painted').to.be.greaterThan(20);
  await isLikeItWas(name, picture);
  return picture;
}

/** Each with what is set before, and what is undone after. */
const SURROUNDINGS: Record<string, { states: string[]; set(): unknown }> = {
  'a wide page': {
    states: Object.keys(PANEL_STATES),
    set: () => setViewport({ width: 1280, height: 720 }),
  },
  'a narrow screen': {
    states: [
      'empty',
      'code',
      'an html preview',
      'a preview with a console',
      'a table',
      'a comparison in one column',
      'the editor',
      'a menu',
      'two artifacts and an older version',
      'a selection and a request',
    ],
    set: () => setViewport({ width: 360, height: 640 }),
  },
  'right to left': {
    states: ['code', 'an html preview', 'a table', 'two artifacts and an older version', 'a menu'],
    set: async () => {
      await setViewport({ width: 1280, height: 720 });
      document.documentElement.dir = 'rtl';
    },
  },
};

describe('The panel as a picture', function () {
  // A diagram is drawn twice, each time by a megabyte of script, and looked at until it has settled.
  this.timeout(60_000);

  beforeEach(() => sessionStorage.clear());

  afterEach(async () => {
    document.documentElement.dir = '';
    document.documentElement.style.colorScheme = '';
    document.body.style.background = '';
    getSelection()!.removeAllRanges();
    await executeServerCommand('media-feature', { name: 'forced-colors', value: 'none' });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
    await setViewport({ width: 800, height: 600 });
  });

  async function paint(scheme: Scheme): Promise<void> {
    await emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    document.documentElement.style.colorScheme = scheme;
  }

  for (const [place, { states, set }] of Object.entries(SURROUNDINGS)) {
    for (const state of states) {
      it(`${place}: ${state}, light and dark`, async () => {
        const pictures: Picture[] = [];
        for (const scheme of SCHEMES) {
          await set();
          await paint(scheme);
          const panel = await panelIn(state);
          pictures.push(await looksRight(`${place}, ${state}, ${scheme}`, state, panel, scheme));
          panel.remove();
        }
        expect(pictures[0]!.differenceFrom(pictures[1]!), 'light and dark differ').to.be.greaterThan(0.1);
      });
    }
  }

  it('full screen: code, light and dark', async () => {
    for (const scheme of SCHEMES) {
      await setViewport({ width: 1280, height: 720 });
      await paint(scheme);
      const panel = await panelIn('code');
      button(panel, 'Full screen').focus();
      await sendKeys({ press: 'Enter' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(document.fullscreenElement).to.equal(panel);
      expect([panel.offsetWidth, panel.offsetHeight]).to.deep.equal([innerWidth, innerHeight]);
      (root(panel).activeElement as HTMLElement).blur();
      await looksRight(`full screen, code, ${scheme}`, 'code', panel, scheme);
      await document.exitFullscreen();
      panel.remove();
    }
  });

  it('forced colours: every view keeps to the reader’s own', async () => {
    await setViewport({ width: 1280, height: 720 });
    await executeServerCommand('media-feature', { name: 'forced-colors', value: 'active' });
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    for (const state of [
      'code',
      'a preview with a console',
      'a comparison side by side',
      'two artifacts and an older version',
    ]) {
      const panel = await panelIn(state);
      const picture = await Picture.of(panel, `forced colours, ${state}`);
      fits(panel);
      expect(faintTexts(panel, picture), state).to.deep.equal([]);
      panel.remove();
    }
  });
});
