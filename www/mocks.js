// Starts workers for the user's functions in the sandboxed frame, and carries texts to and from them.
let frame;
let last = 0;

// One hidden frame for the page. `allow-same-origin` would undo the sandbox.
function theFrame() {
  return (frame ??= new Promise((resolve, reject) => {
    const element = document.createElement('iframe');
    element.sandbox = 'allow-scripts';
    element.src = new URL('sandbox.html', document.baseURI);
    element.title = 'Functions';
    element.hidden = true;
    addEventListener('message', function hear({ source, data }) {
      if (source !== element.contentWindow || data !== 'ready') return;
      removeEventListener('message', hear);
      resolve(element.contentWindow);
    });
    element.onerror = () => reject(new Error('sandbox.html did not load'));
    document.body.append(element);
  }));
}

/** A new worker; `hear` gets each text it sends. Texts posted before it has started wait for it. */
export function startWorker(hear) {
  const id = ++last;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (typeof data === 'string') hear(data);
  };
  theFrame().then((page) => page.postMessage({ open: id }, '*', [port2]), () => {});
  return {
    post: (text) => port1.postMessage(text),
    kill() {
      port1.onmessage = null;
      port1.close();
      theFrame().then((page) => page.postMessage({ kill: id }, '*'), () => {});
    },
  };
}
