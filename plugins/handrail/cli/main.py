"""``handrail``: one verb a task. Exit 0 when all is well, 1 when there are issues, 2 when the tool itself failed.

Each command is a module of this folder with ``add(commands)``, which declares its arguments and sets ``run``.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

from handrail.issues.issue import HandrailError
from handrail.text.escape import terminal, terminal_keep_lines

COMMANDS = {
    name: f"handrail.cli.{'import_' if name == 'import' else name.replace('-', '_')}"
    for name in ("check", "new", "issue", "review", "crisis-golden", "suspend", "stale", "verify", "links", "gaps", "health", "ids", "export", "import",
                 "booklet", "pack")
}
"""Commands in the order of the help, each with its module; only those that are asked for are loaded."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = build_parser(given[:1] if given[:1] and given[0] in COMMANDS else COMMANDS)
    options = parser.parse_args(given)
    _any_letters(sys.stdout, sys.stderr)
    try:
        code: int = options.run(options)
    except BrokenPipeError:  # whoever reads has seen enough
        return 0
    except HandrailError as error:
        sys.stderr.write(f"handrail: {terminal_keep_lines(str(error))}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"handrail: {terminal(str(error))}\n")
        return 2
    except ValueError as error:  # a malformed HANDRAIL_TODAY or SOURCE_DATE_EPOCH; authors' mistakes are issues, never exceptions
        sys.stderr.write(f"handrail: {terminal(str(error))}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nhandrail: stopped\n")
        return 130
    return code


def _any_letters(*streams: object) -> None:
    """Let every letter be written: into a file as UTF-8, which YAML, JSON and patches are, and to a terminal that lacks one by its code."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace")


def build_parser(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the command line, or of some of its commands; documentation is made from it."""
    parser = argparse.ArgumentParser(prog="handrail", description="A reviewed registry of services becomes a site.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in names:
        import_module(COMMANDS[name]).add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
