"""Templates: a text with placeholders in braces, named after what the code puts in."""

from __future__ import annotations

import ast

__all__ = ["named"]


def named(node: ast.expr) -> str:
    """Write a string or an f-string as a template: ``f"k = {result.k}"`` becomes ``"k = {k}"``."""
    if isinstance(node, ast.Constant):
        return _escaped(str(node.value))
    parts, taken = [], dict[str, int]()
    for part in node.values if isinstance(node, ast.JoinedStr) else ():
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            taken[name] = taken.get(name, 0) + 1
            parts.append("{" + (name if taken[name] == 1 else f"{name}{taken[name]}") + "}")
        elif isinstance(part, ast.Constant):
            parts.append(_escaped(str(part.value)))
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _name(value: ast.expr) -> str:
    """Name a placeholder after the last name in its expression that says most."""
    match value:
        case ast.Name(name) | ast.Attribute(attr=name):
            found = name.strip("_")
        case ast.Call(func, args):
            found = _name(next((arg for arg in args if not isinstance(arg, ast.Constant)), func))
        case ast.Subscript(inner) | ast.BinOp(inner) | ast.IfExp(ast.Name() as inner):
            found = _name(inner)
        case ast.IfExp():
            found = "part"
        case _:
            found = "value"
    return found
