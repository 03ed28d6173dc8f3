/** Every word that a reader meets in the panel. */
export const artifactStrings = {
  panel: 'Artifacts',
  artifacts: 'Artifacts in this conversation',
  views: 'View',
  code: 'Code',
  preview: 'Preview',
  diff: 'Changes',
  untitled: 'Untitled',
  empty: 'Nothing here yet. What the assistant writes for you appears here.',
  close: 'Close',
  resize: 'Resize panel',
  writing: 'being written',
  stopped: 'Stopped before it was finished.',
  failed: 'It could not be finished.',
  version: 'Version',
  versionOf: (version: number, count: number) => `${version} of ${count}`,
  earlier: 'Earlier version',
  later: 'Later version',
  opened: (title: string) => `${title} opened beside the conversation`,
  finished: (title: string) => `${title} is finished`,
  codeOf: (title: string) => `Code of ${title}`,
  previewOf: (title: string) => `Preview of ${title}`,
};

export type ArtifactStrings = typeof artifactStrings;
