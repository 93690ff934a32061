"""Help of commands: usage, options in titled groups, and examples.

Typer's own help in groups needs rich, whose import would double the time that `--help` takes.
"""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

# Titles of the groups that many commands share, in the order in which they are printed; groups of
# single commands stand between the computation and the figure.
WORLD, COMPUTATION, FIGURE, OUTPUT = "World", "Computation", "Figure", "Output"
GENERAL = "General"  # options without a group of their own, such as --help
FIRST, LAST = (WORLD, COMPUTATION), (FIGURE, OUTPUT, GENERAL)

EXAMPLES = "\nExamples\n--------\n"  # heading of the section in the docstring of a command
MAX_COLUMN = 24  # characters of the column of options


class Command(TyperCommand):
    """Command whose help shows its options in groups, and ends in the examples of its docstring."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Arguments and options that are required, as they are typed, then `[OPTIONS]`."""
        arguments, options = [], []
        for param in self.get_params(ctx):
            if param.param_type_name == "argument":
                arguments.append(str(param.metavar))
            elif param.required:
                options.append(f"{min(param.opts, key=len)} {param.metavar}")
        return [*arguments, *options, "[OPTIONS]"]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the docstring up to its examples."""
        write_description(formatter, self.help or "")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then each group of options under its title."""
        arguments, groups = [], dict[str, list[tuple[str, str]]]()
        for title in FIRST:
            groups[title] = []
        param: Any
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is None:
                continue
            if param.param_type_name == "argument":
                about = (param.help if param.required else record[1]) or ""
                arguments.append((str(param.metavar), about))
            else:
                title = getattr(param, "rich_help_panel", None) or GENERAL
                groups.setdefault(title, []).append(record)
        for title in LAST:
            groups[title] = groups.pop(title, [])
        groups = {"Arguments": arguments} | groups
        names = [name for rows in groups.values() for name, _ in rows]
        column = min(max(map(len, names)), MAX_COLUMN)
        for title, rows in groups.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl([(name.ljust(column), text) for name, text in rows], column)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples of the docstring."""
        write_examples(formatter, self.help or "")


def split_examples(docstring: str) -> tuple[str, list[str]]:
    """Description of a command, and its examples, each of which is a command line."""
    description, _, examples = docstring.partition(EXAMPLES)
    return description.strip(), [line.strip() for line in examples.splitlines() if line.strip()]


def summary(docstring: str) -> str:
    """First paragraph of a docstring in one line."""
    return " ".join(split_examples(docstring)[0].partition("\n\n")[0].split())


def write_description(formatter: Any, docstring: str) -> None:
    """Write the paragraphs above the examples of a docstring."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(split_examples(docstring)[0])


def write_examples(formatter: Any, docstring: str) -> None:
    """Write the examples of a docstring, each on a line of its own."""
    _, examples = split_examples(docstring)
    if examples:
        with formatter.section("Examples"):
            write_lines(formatter, examples)


def write_lines(formatter: Any, lines: Sequence[str]) -> None:
    """Write lines that are not wrapped, at the present indentation."""
    for line in lines:
        formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
