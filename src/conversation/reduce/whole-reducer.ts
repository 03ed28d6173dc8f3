import { jsonrepair } from 'jsonrepair';
import { keepRepair } from './json-repair.js';
import { reduceMessage as reduce, settleMessage as settle } from './reduce-message.js';

/** The reducer without waiting: arguments that are not quite JSON are read at once. */
export const { reduceMessage, settleMessage } = withRepair({ reduceMessage: reduce, settleMessage: settle });

function withRepair<Reducer>(reducer: Reducer): Reducer {
  keepRepair(jsonrepair);
  return reducer;
}
