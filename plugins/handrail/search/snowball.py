"""Stemmers of the Snowball project, in Python as ``snowballstemmer`` carries them and in JavaScript made from the same code.

lunr-languages carries older versions of these algorithms, under another licence, and its words would not be those of Python. Here
there is one source: the Python code, which Snowball's own compiler wrote in a handful of forms, is written again in JavaScript form
by form. So both sides are equal by construction; a test compares them over generated words of every language all the same.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "eo": "esperanto", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""By code of the language, the name under which Snowball has its algorithm. English has lunr's own stemmer."""

RUNTIME = Path(__file__).resolve().parent.parent / "theme/scripts/snowball/runtime.js"


def stemmer(language: str) -> Callable[[str], str]:
    """Return the stemmer of a language."""
    stem: Callable[[str], str] = _class(language)().stemWord
    return stem


@cache
def script(language: str) -> str:
    """Return a script that gives ``lunr`` the stemmer of a language."""
    made = _class(language)
    tree = ast.parse(inspect.getsource(inspect.getmodule(made)))  # type: ignore[arg-type]
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == made.__name__)
    tables = {each.targets[0].attr: each.value for each in tree.body if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Attribute)}
    lines = [*_class_lines(body, tables, made.__name__)]
    return f";(() => {{\n{RUNTIME.read_text('utf-8')}{chr(10).join(lines)}\nlunr.stemmer = stemming(new {made.__name__}());\n}})();\n"


def licence() -> str:
    """Return the notice that stands above a script."""
    return f"/* Stemmer from snowballstemmer {version('snowballstemmer')}, https://snowballstem.org/, BSD-3-Clause */\n"


def _class(language: str) -> Any:
    name = LANGUAGES[language]
    return getattr(import_module(f"snowballstemmer.{name}_stemmer"), f"{name.title()}Stemmer")


def _class_lines(body: ast.ClassDef, tables: dict[str, ast.expr], name: str) -> Iterator[str]:
    yield f"class {name} extends Stemmer {{"
    later = []
    for node in body.body:
        if isinstance(node, ast.FunctionDef):
            yield f"{_named(node.name)}() {{"
            yield from _locals(node)
            for each in node.body:
                yield from _statement(each)
            yield "}"
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            later.append((node.targets[0].id, node.value))
    yield "}"
    for key, value in [*later, *tables.items()]:
        # Numbers and flags are fields of each stemmer; tables and groups are fields of the class.
        if isinstance(value, ast.Constant) and not key.startswith("g_"):
            yield f"{name}.prototype.{key} = {_expression(value)};"
        else:
            members = f"new Set({_expression(value)})" if isinstance(value, ast.Constant) else _expression(value)
            yield f"{name}.{key} = {members};"


def _locals(function: ast.FunctionDef) -> Iterator[str]:
    names = sorted({node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)})
    if names:
        yield f"let {', '.join(names)};"


def _named(name: str) -> str:
    return "stem_" if name == "_stem" else name.removeprefix("__")


def _statement(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Assign(targets=[target], value=value):
            yield f"{_expression(target)} = {_expression(value)};"
        case ast.AugAssign(target=target, op=op, value=value):
            yield f"{_expression(target)} {_OPERATORS[type(op)]}= {_expression(value)};"
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            pass
        case ast.Expr(value=value):
            yield f"{_expression(value)};"
        case ast.Return(value=value):
            yield f"return {_expression(value)};" if value else "return;"
        case ast.Break():
            yield "break;"
        case ast.Continue():
            yield "continue;"
        case ast.If(test=test, body=body, orelse=other):
            yield f"if ({_expression(test)}) {{"
            yield from _block(body)
            if other:
                yield "} else {"
                yield from _block(other)
            yield "}"
        case ast.While(test=test, body=body, orelse=[]):
            yield f"while ({_expression(test)}) {{"
            yield from _block(body)
            yield "}"
        case ast.For(target=ast.Name(id="_"), iter=ast.Tuple(elts=times), body=body, orelse=[]):
            yield f"for (_ = 0; _ < {len(times)}; _++) {{"
            yield from _block(body)
            yield "}"
        case ast.Try(body=body, handlers=[ast.ExceptHandler(type=ast.Name(id=label), body=[ast.Pass()])], orelse=[], finalbody=[]):
            # Raised only within the same block, so that a jump to its end is the same.
            yield f"{label}: {{"
            yield from _block(body)
            yield "}"
        case ast.Raise(exc=ast.Call(func=ast.Name(id=label), args=[])):
            yield f"break {label};"
        case _:
            raise NotImplementedError(ast.unparse(node))


def _block(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        yield from _statement(node)


def _expression(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=None):
            return "null"
        case ast.Constant(value=bool(value)):
            return "true" if value else "false"
        case ast.Constant(value=str() | int() as value):
            return json.dumps(value, ensure_ascii=False)
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{'this' if isinstance(value, ast.Name) and value.id == 'self' else _expression(value)}.{_named(name)}"
        case ast.UnaryOp(op=ast.USub(), operand=value):
            return f"-{_expression(value)}"
        case ast.UnaryOp(op=ast.Not(), operand=value):
            return f"!({_expression(value)})"
        case ast.BinOp(left=left, op=op, right=right):
            return f"({_expression(left)} {_OPERATORS[type(op)]} {_expression(right)})"
        case ast.BoolOp(op=op, values=values):
            return "(" + (" || " if isinstance(op, ast.Or) else " && ").join(map(_expression, values)) + ")"
        case ast.Compare(left=left, ops=[ast.In()], comparators=[group]):
            return f"{_expression(group)}.includes({_expression(left)})"
        case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[group]):
            return f"!{_expression(group)}.includes({_expression(left)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return f"{_expression(left)} {_OPERATORS[type(op)]} {_expression(right)}"
        case ast.Subscript(value=value, slice=place) if not isinstance(place, ast.Slice):
            return f"{_expression(value)}[{_expression(place)}]"
        case ast.Set(elts=members):
            return f"new Set({json.dumps(''.join(member.value for member in members), ensure_ascii=False)})"  # type: ignore[attr-defined]
        case ast.Tuple(elts=members) | ast.List(elts=members):
            return "[" + ", ".join(map(_expression, members)) + "]"
        case ast.Call(func=ast.Name(id="Among"), args=[text, shorter, result, *method]):
            called = [json.dumps(_named(each.id)) for each in method if isinstance(each, ast.Name)]
            return "[" + ", ".join([*map(_expression, (text, shorter, result)), *called]) + "]"
        case ast.Call(func=ast.Name(id="len"), args=[value]):
            return f"{_expression(value)}.length"
        case ast.Call(func=ast.Attribute() as function, args=given):
            return f"{_expression(function)}({', '.join(map(_expression, given))})"
        case _:
            raise NotImplementedError(ast.unparse(node))


_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "===", ast.NotEq: "!==",
}  # fmt: skip
