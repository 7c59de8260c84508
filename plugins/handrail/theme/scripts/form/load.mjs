/** JSON from our own site; an answer that is none ends in an error. */
export async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${answer.status} ${address}`);
  return answer.json();
}
