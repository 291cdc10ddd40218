"""A command line is described as it is called: names, arguments, options, defaults."""

from typing import Annotated

import typer

from nexus_tools.documentation import command_pages

app = typer.Typer(help="All of it.")
db = typer.Typer(help="The database.")
app.add_typer(db, name="db")


@db.command("upgrade")
def upgrade(
    uri: Annotated[str, typer.Option(help="Where | it is.")] = "local",
) -> None:
    """Bring it up to date.

    Changes nothing when it is.
    """


@db.command(hidden=True)
def secret() -> None:
    """Keep quiet about this."""


@app.command()
def load(
    files: Annotated[list[str], typer.Argument(help="Lines of JSON.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="Say less.")] = False,
) -> None:
    """Take files in."""


def test_every_command_is_named_in_full_and_hidden_ones_are_not() -> None:
    assert [name for name, _ in command_pages.commands(app)] == ["nexus db upgrade", "nexus load"]


def test_page_says_how_a_command_is_called() -> None:
    page = "\n".join(
        command_pages.description(name, command) for name, command in command_pages.commands(app)
    )
    assert "## nexus db upgrade\n\nBring it up to date.\n\nChanges nothing when it is." in page
    assert "| `--uri` | `local` | Where \\| it is. |" in page
    assert "```\nnexus load FILES...\n```" in page
    assert "| `FILES...` | Lines of JSON. |" in page
    assert "| `--quiet` |  | Say less. |" in page
    assert "completion" not in page
