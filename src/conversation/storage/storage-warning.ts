/** What keeps a conversation from being kept. Nothing of it is lost in the page. */
export type StorageWarningCode = 'storage-full' | 'storage-unavailable' | 'storage-newer' | 'storage-damaged';

export interface StorageWarning {
  code: StorageWarningCode;
  /** What happened and what to do, for whoever builds the page. */
  message: string;
}

const MESSAGES: Record<StorageWarningCode, string> = {
  'storage-full':
    'There is no room left to keep the conversation. It goes on in memory, and is kept again once there is.',
  'storage-unavailable':
    'The conversation cannot be kept: there is no IndexedDB here, or it may not be used (a private window, a policy, a page that blocks it).',
  'storage-newer':
    'A newer version of the library keeps its conversations on this origin. Load the same version in every page.',
  'storage-damaged': 'Some of what was kept could not be read, and was left out.',
};

/** Thrown by this folder itself. */
export class StorageError extends Error {
  readonly code: StorageWarningCode;

  constructor(code: StorageWarningCode, options?: ErrorOptions) {
    super(MESSAGES[code], options);
    this.code = code;
  }
}

/** The warning that an error of IndexedDB is worth, by the names of the specification. */
export function warningOf(error: unknown): StorageWarning {
  const code = codeOf(error);
  const detail = error instanceof Error && !(error instanceof StorageError) ? ` ${error.name}: ${error.message}` : '';
  return { code, message: MESSAGES[code] + detail };
}

export function damageOf(rows: number): StorageWarning {
  return { code: 'storage-damaged', message: `${MESSAGES['storage-damaged']} Messages: ${rows}.` };
}

function codeOf(error: unknown): StorageWarningCode {
  if (error instanceof StorageError) return error.code;
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'storage-full';
  if (name === 'VersionError') return 'storage-newer';
  return 'storage-unavailable';
}
