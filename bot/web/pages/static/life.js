// Which life of the server's database all ids are of: a restored backup begins another, in which they are given anew.

export const life = { epoch: null };

/** Where a file is served. What the browser kept of another life stands under another address. */
export function addressOf(file) {
  return `/tep/${file.id}?${life.epoch}`;
}
