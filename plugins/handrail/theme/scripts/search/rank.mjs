// The order of results.
const SUNK = 0.7;
const NUMBERS = 2 ** 21;
const STEPS = 2 ** 30;

// Entries whose contacts nobody confirmed since a day that has passed; crisis lines are never among them. The day is the
// reader's: a site that is not built again still knows. due: [[number, day]]
export const sunk = (due, today) => new Set(due.filter(([, day]) => day < today).map(([number]) => number));

// Numbers, the best first: by score, what is sunk lower, then by number. Score, sinking and number are put into one number
// each, because numbers sort in a fraction of the time that objects take.
export function ranked(numbers, scores, low) {
  let most = 0;
  for (const number of numbers) if (scores[number] > most) most = scores[number];
  const keys = new Float64Array(numbers.length);
  for (let i = 0; i < keys.length; i++) {
    const number = numbers[i];
    const isLow = low.has(number);
    const step = most ? Math.round(scores[number] * (isLow ? SUNK : 1) / most * STEPS) : 0;
    keys[i] = (step * 2 + (isLow ? 0 : 1)) * NUMBERS + (NUMBERS - 1 - number);
  }
  keys.sort();
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = NUMBERS - 1 - keys[order.length - 1 - i] % NUMBERS;
  return order;
}
