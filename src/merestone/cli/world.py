"""`merestone compare --every-pair`: all boundaries of the world in two versions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.use_cases import use_cases

if TYPE_CHECKING:
    from merestone.casefile.world import WorldCompared, WorldOptions


def compare_every_pair(files: tuple[Path, ...], options: WorldOptions, *, as_json: bool, quiet: bool) -> ExitCode:
    """Runs the comparison and shows it. Exit code 0: no difference in any pair. 4: differences."""
    with Front("compare", as_json=as_json, quiet=quiet) as front:
        front.say_if_it_compiles()
        found = use_cases().compare_world(files, options, front.progress)
        front.progress.close()
        _show(front, found, as_json=as_json)
        return _exit_code(found)


def _show(front: Front, found: WorldCompared, *, as_json: bool) -> None:
    from merestone.publish.world.facts import facts
    from merestone.publish.world.table_text import table_text

    if as_json:
        front.answer({**facts(found.export), "written": [str(path) for path in found.written]}, "")
        return
    front.show_beside(found.written, lambda: sys.stdout.write(table_text(found.export)))


def _exit_code(found: WorldCompared) -> ExitCode:
    world = found.world
    apart = any(each.measures is None or each.measures.greatest_m > world.settings.error_m for each in world.outcomes)
    others = (*world.alone, world.unlined, world.differing)
    return ExitCode.FINDINGS if apart or any(others) else ExitCode.GOOD
