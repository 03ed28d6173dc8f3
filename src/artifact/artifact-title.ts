import type { Artifact } from '../message.js';
import { seenText } from '../trust/text-filter.js';
import type { ArtifactStrings } from './panel/panel-strings.js';

/** A title comes from a model and has no bound of its own. */
const LONGEST_TITLE = 200;

export function artifactTitle({ title, language, kind }: Artifact, words: ArtifactStrings): string {
  const names = [title, language, kind].map((name = '') => seenText(name).trim());
  const named = names.find(Boolean) ?? words.untitled;
  return named.length > LONGEST_TITLE ? `${named.slice(0, LONGEST_TITLE)}…` : named;
}
