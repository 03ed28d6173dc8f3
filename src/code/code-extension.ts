/** What files of a language are called, where it is not the language's own name. */
const EXTENSIONS: Record<string, string> = {
  javascript: 'js',
  typescript: 'ts',
  node: 'js',
  python: 'py',
  python3: 'py',
  ruby: 'rb',
  rust: 'rs',
  golang: 'go',
  csharp: 'cs',
  'c#': 'cs',
  'f#': 'fs',
  fsharp: 'fs',
  'c++': 'cpp',
  kotlin: 'kt',
  markdown: 'md',
  mermaid: 'mmd',
  shell: 'sh',
  bash: 'sh',
  zsh: 'sh',
  console: 'txt',
  terminal: 'txt',
  output: 'txt',
  text: 'txt',
  plain: 'txt',
  plaintext: 'txt',
  math: 'tex',
  powershell: 'ps1',
  batch: 'bat',
  perl: 'pl',
  haskell: 'hs',
  elixir: 'ex',
  erlang: 'erl',
  clojure: 'clj',
  'objective-c': 'm',
  objectivec: 'm',
  fortran: 'f90',
  matlab: 'm',
  latex: 'tex',
  yaml: 'yml',
  dockerfile: 'dockerfile',
  docker: 'dockerfile',
  makefile: 'mk',
  make: 'mk',
  graphql: 'graphql',
  terraform: 'tf',
  julia: 'jl',
  'visual-basic': 'vb',
};

/** Endings of files that a system runs or follows when they are opened: no language is called so. */
const OPENED =
  /^(?:app|appref|application|chm|com|command|cpl|desktop|dll|dmg|exe|gadget|hta|inf|jar|lnk|msc|msi|msp|pif|pkg|reg|scf|scr|sct|url|webloc|workflow|wsf|wsh|xll)$/;

/** The ending of a file in this language: `py` for `Python`; an unknown name that could be an ending; else `txt`. */
export function codeExtension(language: string): string {
  const name = language.trim().toLowerCase();
  if (Object.hasOwn(EXTENSIONS, name)) return EXTENSIONS[name]!;
  return /^[a-z0-9]{1,10}$/.test(name) && !OPENED.test(name) ? name : 'txt';
}
