// Data in texts: base64 of deflated bytes.

// Return a stream of the bytes; `format` is one of those of DecompressionStream.
export function inflated(text, format = "deflate") {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
}
