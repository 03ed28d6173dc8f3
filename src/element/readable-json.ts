/** A value as indented JSON for a person to read; empty where it has no JSON or is nested too deeply to be written. */
export function readableJson(value: unknown): string {
  try {
    return JSON.stringify(value, null, 2) ?? '';
  } catch {
    return '';
  }
}
