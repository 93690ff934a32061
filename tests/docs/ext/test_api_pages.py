"""Pages of public names: those of former names are removed."""

from types import SimpleNamespace

from support.extras import required

LIST = """
```{eval-rst}
.. currentmodule:: gridemp

.. autosummary::
   :toctree: generated/
   :nosignatures:

   Maze
```

```{eval-rst}
.. autosummary::
   :nosignatures:

   World
```
"""


def test_pages_of_names_that_no_list_has_are_removed(tmp_path):
    required("sphinx")
    from api_pages import FOLDER, remove_former

    folder = tmp_path / FOLDER / "generated"
    folder.mkdir(parents=True)
    (tmp_path / FOLDER / "gridemp.md").write_text(LIST, encoding="utf-8")
    for name in ("Maze", "World", "former"):
        (folder / f"gridemp.{name}.rst").touch()
    remove_former(SimpleNamespace(srcdir=tmp_path))
    assert [path.name for path in folder.iterdir()] == ["gridemp.Maze.rst"]
