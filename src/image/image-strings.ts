import type { ImageErrorCode } from './image-error.js';
import { loadingStrings } from './loading-strings.js';

/** Every word that a reader of `<ai-image>` sees or hears. */
export interface ImageStrings {
  /** Stands for a description that nobody gave. Never the file name. */
  undescribed: string;
  loading: string;
  /** While a picture is still being drawn by its model. */
  drawing: string;
  expired: string;
  expiredHint: string;
  /** `remaining` in milliseconds. */
  expiresIn: (remaining: number) => string;
  refreshing: string;
  refresh: string;
  retry: string;
  /** Where what shows pictures could not be loaded. */
  notLoaded: string;
  errors: Record<ImageErrorCode, string>;
  enlarge: string;
  copy: string;
  copied: string;
  download: string;
  downloaded: string;
  /** Where a picture can only be opened, not saved from here. */
  opened: string;
  viewer: string;
  close: string;
  previous: string;
  next: string;
  zoomIn: string;
  zoomOut: string;
  actualSize: string;
  position: (index: number, count: number) => string;
}

export const imageStrings: ImageStrings = {
  ...loadingStrings,
  undescribed: 'Image without a description',
  loading: 'Loading image…',
  drawing: 'Drawing…',
  expired: 'Image expired',
  expiredHint: 'Its address has stopped working.',
  expiresIn: (remaining) => `Expires in ${shortDuration(remaining)}`,
  refreshing: 'Getting a fresh address…',
  refresh: 'Get it again',
  errors: {
    address: 'This image has an address that is not loaded here.',
    size: 'This image is too large to show.',
    type: 'What came is not an image.',
    expired: 'Its address has stopped working.',
    missing: 'This image is not there any more.',
    http: 'The server did not give this image.',
    network: 'This image could not be loaded.',
    refresh: 'No new address could be had for it.',
    clipboard: 'This image could not be copied.',
  },
  enlarge: 'Enlarge image',
  copy: 'Copy image',
  copied: 'Image copied',
  download: 'Download image',
  downloaded: 'Image downloaded',
  opened: 'Image opened in a new tab',
  viewer: 'Image viewer',
  close: 'Close',
  previous: 'Previous image',
  next: 'Next image',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  actualSize: 'Fit to window',
  position: (index, count) => `${index} of ${count}`,
};

function shortDuration(milliseconds: number): string {
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 0);
  if (seconds <= 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
