/** How custom-elements.json is made from the elements' doc blocks. */
export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.d.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [keepElements(), dropNamelessEvents(), shareMarkdown(), pointAtTheBuild()],
};

/** The manifest is for who uses the elements: no other class, and nothing private. */
function keepElements() {
  return {
    name: 'keep-elements',
    packageLinkPhase({ customElementsManifest }) {
      // Files are found in whatever order the disk answers.
      customElementsManifest.modules.sort((one, other) => (one.path < other.path ? -1 : 1));
      for (const module of customElementsManifest.modules) {
        module.declarations = module.declarations?.filter(({ customElement }) => customElement) ?? [];
        for (const element of module.declarations) element.members = element.members?.filter(isPublic);
        module.exports = module.exports?.filter(({ kind, name }) => kind !== 'js' || isElement(module, name)) ?? [];
      }
    },
  };
}

function isPublic({ name, privacy }) {
  return privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#');
}

function isElement({ declarations }, name) {
  return declarations.some((declaration) => declaration.name === name);
}

/** `dispatchEvent(new AiPartEvent(detail))` is reported a second time, without its name. `@fires` names and describes it. */
function dropNamelessEvents() {
  return {
    name: 'drop-nameless-events',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
        if (declaration.events) declaration.events = declaration.events.filter((event) => event.description);
      }
    },
  };
}

/** Whoever shows markdown in its own tree has the parts and custom properties of the element that does only that. */
function shareMarkdown() {
  return {
    name: 'share-markdown',
    packageLinkPhase({ customElementsManifest }) {
      const elements = customElementsManifest.modules.flatMap((module) => module.declarations ?? []);
      const named = (tag) => elements.find(({ tagName }) => tagName === tag);
      for (const host of ['ai-stream-chat', 'ai-artifact-panel'].map(named)) {
        for (const list of ['cssParts', 'cssProperties']) {
          const has = new Set(host[list].map(({ name }) => name));
          const shared = named('ai-markdown')[list].filter(({ name }) => name !== 'content' && !has.has(name));
          host[list].push(...shared.filter(({ inheritedFrom }) => !inheritedFrom));
        }
      }
    },
  };
}

/** The published files stand in dist/, not in src/. */
function pointAtTheBuild() {
  return {
    name: 'point-at-the-build',
    packageLinkPhase({ customElementsManifest }) {
      const text = JSON.stringify(customElementsManifest, (key, value) =>
        (key === 'path' || key === 'module') && typeof value === 'string' ? toBuilt(value) : value,
      );
      const rewritten = JSON.parse(text);
      rewritten.modules = rewritten.modules.filter((module) => module.declarations?.length || module.exports?.length);
      customElementsManifest.modules = rewritten.modules;
    },
  };
}

/** @param {string} path */
function toBuilt(path) {
  return path.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');
}
