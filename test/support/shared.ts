/**
 * Vectors and recordings that stand beside the project (`../shared`). They are read in place; where the folder is
 * absent the suite says so and is skipped.
 */
export async function sharedJson<T>(path: string): Promise<T | undefined> {
  const response = await fetch(`/shared/${path}`);
  return response.ok ? ((await response.json()) as T) : undefined;
}

export async function sharedBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(`/shared/${path.split('/').map(encodeURIComponent).join('/')}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
