"""Titles that stand where authors are missing are not told again (CSL 1.0.2, `cs:substitute`).

The engine leaves out what was substituted only where the style names the variable itself; most
styles name it through a macro. Elements of styles are found by the names of their classes, the
latest one first, so the class here takes the place of the engine's own.
"""

from __future__ import annotations

from typing import Any

from citeproc import model


class Substitute(model.CitationStylesElement, model.Parent):
    """`cs:substitute`, whose macros repress the variables they name."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """What stands in for the names, or nothing."""
        return model.Substitute.render(self, item, context=context, **options)

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        """Note what was told, so that it is not told again."""
        model.Substitute.add_to_repressed_list(self, child, context)
        if child.get("macro") and _tells_title(self, child.get("macro")):
            context.get_layout().repressed.setdefault(child.tag, []).append("title")


def _tells_title(element: Any, name: str, depth: int = 0) -> bool:
    """Whether a macro tells the title, itself or through others; macros nest, but not for ever."""
    macro = element.get_macro(name)
    if macro.xpath_search(".//cs:text[@variable='title']"):
        return True
    inner = [called.get("macro") for called in macro.xpath_search(".//cs:text[@macro]")]
    return depth < 10 and any(_tells_title(element, one, depth + 1) for one in inner)
