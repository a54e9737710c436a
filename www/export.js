// What leaves the page: pictures of the graph and texts, as files and on the clipboard.

/** Hands the person a file. */
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // The browser has taken its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Hands the person a text as a file of a media type. */
export function saveText(name, text, type) {
  save(name, new Blob([text], { type }));
}

/** Puts a text on the clipboard; whether the browser let it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The way of browsers without a clipboard, as there is none where the page isn't served securely: a text that is selected for a moment. */
function copyBySelection(text) {
  const focused = document.activeElement;
  const area = Object.assign(document.createElement('textarea'), { className: 'unseen', value: text });
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return copied;
}

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
  save(name, await png(svg, width, height));
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

/** Makes an element as large as the screen, or as it was. */
export function toggleFullScreen(element) {
  if (document.fullscreenElement) document.exitFullscreen();
  else element?.requestFullscreen?.();
}
