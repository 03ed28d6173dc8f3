/** Whether a file is among what an `accept` lists, as `<input type="file">` reads it; an empty list takes all. */
export function accepts(accept: string, { name, type }: Pick<File, 'name' | 'type'>): boolean {
  const entries = accept.toLowerCase().split(',');
  const wanted = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  return wanted.length === 0 || wanted.some((entry) => matches(entry, name.toLowerCase(), type.toLowerCase()));
}

function matches(entry: string, name: string, type: string): boolean {
  if (entry === '*' || entry === '*/*') return true;
  if (entry.startsWith('.')) return name.endsWith(entry);
  return entry.endsWith('/*') ? type.startsWith(entry.slice(0, -1)) : type === entry;
}
