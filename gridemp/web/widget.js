// The explorer in a notebook: a frame with its page, and messages between the page and the kernel.

export default { render };

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2);
  const frame = document.createElement("iframe");
  frame.title = model.get("title");
  frame.allow = "clipboard-write; fullscreen";
  frame.sandbox = "allow-scripts allow-downloads";
  Object.assign(frame.style, { width: "100%", height: `${model.get("height")}px`, border: "none" });
  let port = null;

  // The page says that it is there; it does so again when the notebook has moved the frame.
  function connect({ source, data }) {
    if (source !== frame.contentWindow || data !== "gridemp") return;
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port.onmessage = (event) => model.send({ view, ...event.data });
    source.postMessage("gridemp", "*", [port2]);
  }

  function hear(message, buffers) {
    if (message.view && message.view !== view) return;
    if (message.page) frame.srcdoc = message.page;
    else port?.postMessage({ ...message, files: buffers });
  }

  addEventListener("message", connect);
  model.on("msg:custom", hear);
  el.append(frame);
  model.send({ view, kind: "page" });
  return () => {
    removeEventListener("message", connect);
    model.off("msg:custom", hear);
  };
}
