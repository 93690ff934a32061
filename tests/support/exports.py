"""Exported pages whose texts are full of markup."""

from support.command_line import run

import gridemp


def export_klyubin(folder):
    """Path and title of a page of the classic maze, horizons 1 to 10."""
    name = "</script><img src=x onerror=alert(1)>.txt".replace("/", "-")
    (folder / name).write_text(gridemp.format_maze(gridemp.load_maze("klyubin")))
    title = "</title></script><script>document.title = 'wrong'</script><b>&amp;"
    words = ["export", folder / name, "--horizon", "1..10", "--title", title]
    result = run(*words, "--output", folder / "page.html")
    assert result.exit_code == 0, result.stderr
    return folder / "page.html", title
