"""While pages are served, every file that was read is watched: by a few threads, however many files there are."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from handrail.plugins.directory import MOST_WATCHED, _watched
from tests.site.language import service, write_project


def test_the_folder_of_pages_is_not_watched_twice_and_many_files_of_another_are_watched_as_one(tmp_path: Path) -> None:
    docs, root, many = tmp_path / "content", tmp_path / "resources.yaml", tmp_path / "more"
    files = [many / f"{number}.yaml" for number in range(MOST_WATCHED + 1)]
    read = [root, docs / "organizations/a.yaml", *files]
    assert list(_watched(read, docs)) == [(root, False), (many, True)]
    assert list(_watched(read[:-1], docs)) == [(root, False), *((path, False) for path in files[:-1])]


def test_a_server_hears_of_the_root_file(tmp_path: Path) -> None:
    class Server:
        def __init__(self) -> None:
            self.watched: dict[str, bool] = {}

        def watch(self, path: str, *, recursive: bool) -> None:
            self.watched[path] = recursive

    config = load_config(str(write_project(tmp_path, service())))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    server = config.plugins.on_serve(Server(), config=config, builder=build)
    assert server.watched[str(tmp_path / "resources.yaml")] is True
    assert not [path for path in server.watched if Path(path).is_relative_to(config.docs_dir)]
    config.plugins.on_shutdown()
