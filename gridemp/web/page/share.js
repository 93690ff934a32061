// Export from the page: the text of the maze, the command line, and the figure as a file.

import { say } from "./words.js";

export function makeShare(page) {
  const { state, ask, askOnce, figureQuestion, tell, refuse } = page;

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function described(use) {
    try {
      await use(await askOnce("describe", figureQuestion()));
    } catch (error) {
      refuse(error);
    }
  }

  async function copy(text, copiedWords) {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    tell(say(copied ? copiedWords : "share.no_copying"));
  }

  return {
    copyText: () => described(({ text }) => copy(text, "share.text_copied")),
    saveText: () => described(({ text, file }) => download(new Blob([text]), file)),
    copyCommand: () => described(({ command }) => copy(command, "share.command_copied")),
    copyLink: async () => {
      await page.writeAddress();
      copy(location.href, "share.link_copied");
    },
    async saveFigure(format) {
      const name = `${state.maze.name}-h${state.settings.horizon}.${format}`;
      tell(say("share.drawing", { name }));
      try {
        const figure = await ask("figure", { ...figureQuestion(), format });
        if (figure) download(figure, name); // otherwise the page has gone on to something else
        tell("");
      } catch (error) {
        tell("");
        refuse(error);
      }
    },
  };
}
