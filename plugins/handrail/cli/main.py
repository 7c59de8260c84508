"""``handrail``: one verb a task. Exit 0 when all is well, 1 when there are issues, 2 when the tool itself failed.

Each command is a module of this folder with ``add(commands)``, which declares its arguments and sets ``run``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from handrail.cli import booklet, check, crisis_golden, export, gaps, health, ids, import_, issue, links, new, pack, review, stale, suspend, verify
from handrail.issues.issue import HandrailError
from handrail.text.escape import terminal, terminal_keep_lines

COMMANDS = (check, new, issue, review, crisis_golden, suspend, stale, verify, links, gaps, health, ids, export, import_, booklet, pack)
"""Modules of the commands, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parser = build_parser()
    options = parser.parse_args(arguments)
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


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; documentation is made from it."""
    parser = argparse.ArgumentParser(prog="handrail", description="A reviewed registry of services becomes a site.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
