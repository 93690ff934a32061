"""Commands and options of gridemp that a text mentions and that do not exist."""

import re
import shlex
from collections.abc import Iterable, Iterator

from typer.main import get_command

from gridemp.cli import app

PROGRAM = get_command(app)
# Options of other programs, and the ending of options such as `--slip-b`
OTHERS = {"--check", "--extra-index-url", "--hypothesis-profile", "--index-url", "--user", "-b"}
# A command at the start of a line or after words of a shell
TYPED = re.compile(
    r"(?:^|[|;(] *|&& *|\bdo )[!$]? *(?:python -m )?gridemp +(?=(\S.*))", re.MULTILINE
)
END = re.compile(r"[|;&<>()]+|#.*")  # words that end a command


def options_of(command: str) -> set[str]:
    """All spellings of the options of a command."""
    options = [one for one in PROGRAM.commands[command].params if one.param_type_name == "option"]
    return {word for one in options for word in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}


OF_PROGRAM = {word for param in PROGRAM.params for word in param.opts} | {"--help", "-h"}
ALL_OPTIONS = OF_PROGRAM.union(*map(options_of, PROGRAM.commands))


def words_of(line: str) -> list[str]:
    """The words of a command up to its end."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    return words[: next((i for i, word in enumerate(words) if END.fullmatch(word)), None)]


def option_in(word: str) -> str | None:
    """The option that a word gives; neither a number nor `-` or `--` alone is one."""
    return word.partition("=")[0] if re.match(r"--?[^-\d.]", word) else None


def unknown_in_command(words: list[str]) -> Iterator[str]:
    """What gridemp does not know among the words that follow its name."""
    command = words[0]
    if option := option_in(command):
        if option not in OF_PROGRAM:
            yield option
    elif command in PROGRAM.commands:
        options = [option for word in words[1:] if (option := option_in(word))]
        yield from (f"{command} {one}" for one in options if one not in options_of(command))
    elif not command.isupper():  # such as COMMAND
        yield command


def unknown(code: Iterable[str], inline: Iterable[str]) -> set[str]:
    """Unknown commands and options in blocks of code and in pieces of code in prose."""
    wrong = set()
    for text in [*code, *inline]:
        for match in TYPED.finditer(text.replace("\\\n", " ")):
            wrong |= set(unknown_in_command(words_of(match[1])))
    for text in inline:
        if text.startswith("-"):
            options = [option for word in text.split() if (option := option_in(word))]
            wrong |= set(options) - ALL_OPTIONS - OTHERS
    return wrong
