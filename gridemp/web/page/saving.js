// Export from the page: the text of the maze, the command line, and the figure as a file.

import { askFile, askOnce } from "./asking.js";

export function makeSaving({ state, mapQuestion, tell, refuse }) {
  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function described(use) {
    try {
      await use(await askOnce("describe", mapQuestion()));
    } catch (error) {
      refuse(error);
    }
  }

  async function copy(text, what) {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    tell(copied ? `${what} copied` : "the browser does not allow this page to copy; select the text and copy it");
  }

  return {
    copyText: () => described(({ text }) => copy(text, "text")),
    saveText: () => described(({ text, file }) => download(new Blob([text]), file)),
    copyCommand: () => described(({ command }) => copy(command, "command")),
    async saveFigure(format) {
      const name = `${state.maze.name}-h${state.settings.horizon}.${format}`;
      tell(`drawing ${name}…`);
      try {
        download(await askFile({ ...mapQuestion(), format }), name);
        tell("");
      } catch (error) {
        tell("");
        refuse(error);
      }
    },
  };
}
