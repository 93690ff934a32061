"""Commands run in a folder of their own."""

from typer.testing import CliRunner

from gridemp.cli.main import app


def parts(ax, gid):
    found = (*ax.patches, *ax.collections, *ax.texts, *ax.lines)
    return [artist for artist in found if artist.get_gid() == gid]


def run(*words):
    return CliRunner().invoke(app, ["walk", *map(str, words)])
