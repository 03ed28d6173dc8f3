type Repair = (text: string) => string;

/** The library that reads what models write that is not quite JSON: single quotes, comments, a comma too many. */
let repair: Repair | undefined;

export function keepRepair(given: Repair): void {
  repair = given;
}

/**
 * The text as JSON, as far as it can be mended; undefined where it cannot, or not yet: the library is loaded when there is
 * something to mend.
 */
export function repairedJson(text: string): string | undefined {
  if (!repair) return void load();
  try {
    return repair(text);
  } catch {
    return undefined;
  }
}

export function canRepair(): boolean {
  return repair !== undefined;
}

async function load(): Promise<void> {
  try {
    const { jsonrepair } = await import('jsonrepair');
    keepRepair(jsonrepair);
  } catch {
    // The next text tries again; what is whole JSON is read without it.
  }
}
