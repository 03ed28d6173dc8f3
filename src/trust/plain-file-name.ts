/** Controls, directions (which can hide an ending), halves of characters, and what one file system or another forbids. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}<>:"/\\|?*]+/gu;
const MOST_CHARACTERS = 80;
/** File systems count bytes, most of them up to 255; an ending and a number are to be added. */
const MOST_BYTES = 200;

/** A name from anywhere as that of a file, without an ending; empty where nothing of it can be one. */
export function plainFileName(name: string): string {
  const plain = name.normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ');
  return trimmed(shortened(trimmed(plain)));
}

/** Names that Windows keeps for devices, whatever stands behind a full stop. */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|(?:com|lpt)[\d\u00B9\u00B2\u00B3]|conin\$|conout\$) *(?:\.|$)/i.test(name);
}

function trimmed(name: string): string {
  return name.replace(/^[.\s-]+|[.\s]+$/g, '');
}

function shortened(name: string): string {
  const encoder = new TextEncoder();
  let short = '';
  let bytes = 0;
  for (const char of [...name].slice(0, MOST_CHARACTERS)) {
    bytes += encoder.encode(char).length;
    if (bytes > MOST_BYTES) return short;
    short += char;
  }
  return short;
}
