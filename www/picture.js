// Pictures of the graph: an SVG as PNG, as a file or on the clipboard.

/** An SVG as a PNG of this size in pixels. */
async function png(svg, width, height) {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  } finally {
    URL.revokeObjectURL(url);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('too large'))), 'image/png');
  });
}

/** Hands the person the picture as a file. */
export async function savePng(name, svg, width, height) {
  const url = URL.createObjectURL(await png(svg, width, height));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // The browser has taken its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Puts the picture on the clipboard. It is promised at once: some browsers take nothing that comes after the click. */
export async function copyPng(svg, width, height) {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png(svg, width, height) })]);
}

/** The rules that set the page's tokens, those of the dark theme last. */
export function tokens() {
  const texts = [...document.styleSheets].flatMap(rules).filter((rule) => rule.selectorText?.startsWith(':root'));
  return texts.map((rule) => rule.cssText).join('\n');
}

/** A sheet that an extension of the browser brought may forbid to be read. */
function rules(sheet) {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

/** The symbols of the page, each with its id first: whatever builds the page may have sorted what they say. */
export function icons() {
  const attributes = (symbol) => [...symbol.attributes].toSorted((one, other) => (other.name === 'id') - (one.name === 'id'));
  const text = (symbol) => `<symbol ${attributes(symbol).map(({ name, value }) => `${name}="${value}"`).join(' ')}>${symbol.innerHTML}</symbol>`;
  return [...document.querySelectorAll('body > div[hidden] symbol')].map(text).join('');
}
