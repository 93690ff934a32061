// The first random number of numpy.random.default_rng(seed): PCG64, seeded by a SeedSequence. With
// it, an agent draws among equally good actions as it does in Python.

const WORD = (1n << 32n) - 1n;
const STATE = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

// A number from 0 up to but not including 1; the seed is a whole number below 2 ** 32.
export function firstRandom(seed) {
  const [a, b, c, d] = seededWords(seed);
  const increment = ((((c << 64n) | d) << 1n) | 1n) & STATE;
  const step = (state) => (state * MULTIPLIER + increment) & STATE;
  const state = step(step((increment + ((a << 64n) | b)) & STATE));
  const folded = (state >> 64n) ^ (state & ((1n << 64n) - 1n));
  const turn = state >> 122n;
  const drawn = ((folded >> turn) | (folded << (64n - turn))) & ((1n << 64n) - 1n);
  return Number(drawn >> 11n) / 2 ** 53;
}

// Four words of 64 bits made of the seed by the hash functions of M. E. O'Neill's seed_seq.
function seededWords(seed) {
  let hash = 0x43b0d7e5n;
  const multiply = (one, other) => (one * other) & WORD;
  const folded = (value) => value ^ (value >> 16n);
  function hashed(value, factor) {
    const mixed = (value ^ hash) & WORD;
    hash = multiply(hash, factor);
    return folded(multiply(mixed, hash));
  }
  const mix = (x, y) => folded((multiply(0xca01f9ddn, x) - multiply(0x4973f715n, y)) & WORD);
  const pool = [BigInt(seed), 0n, 0n, 0n].map((word) => hashed(word, 0x931e8875n));
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from !== to) pool[to] = mix(pool[to], hashed(pool[from], 0x931e8875n));
    }
  }
  hash = 0x8b51f9ddn;
  const words = Array.from({ length: 8 }, (_, i) => hashed(pool[i % 4], 0x58f38dedn));
  return [0, 2, 4, 6].map((i) => words[i] | (words[i + 1] << 32n));
}
