"""The learner's JupyterLab starts beside any file of the learner's, and shows nothing that tests or teachers need."""

import importlib.metadata
import json
import re
import shutil
from pathlib import Path
from urllib.request import urlopen

import pytest
from lab_server import running
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.setup import lab

SHADOWS = ("code", "copy", "json", "logging", "numpy", "queue", "random", "secrets", "string", "token", "types")


def test_the_server_starts_beside_files_named_as_what_it_imports(tmp_path):
    course = tmp_path / "my course"
    for folder in (course, course / "notebooks"):
        folder.mkdir()
        for name in SHADOWS:
            (folder / f"{name}.py").write_text("raise SystemExit('a file of the learner')\n", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    with running(course, home) as address, urlopen(f"{address}/api/contents", timeout=300) as answer:
        names = {entry["name"] for entry in json.load(answer)["content"]}
    assert {"random.py", "notebooks"} <= names


def needed(*names):
    """The distributions that these need, installed with what the learner's extra asks for."""
    seen, rest = set(), [Requirement(name) for name in names]
    while rest:
        one = rest.pop()
        name = canonicalize_name(one.name)
        if (name, *sorted(one.extras)) in seen:
            continue
        seen.add((name, *sorted(one.extras)))
        for requirement in map(Requirement, importlib.metadata.requires(name) or []):
            extras = one.extras or {""}
            if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
                rest.append(requirement)
    return {name for name, *_ in seen}


def extensions(distribution):
    """What a distribution adds to JupyterLab: names of windows and of servers."""
    for file in distribution.files or ():
        path = file.as_posix()
        if found := re.search(r"share/jupyter/labextensions/((?:@[^/]+/)?[^/]+)/package\.json$", path):
            yield found[1]
        if re.search(r"etc/jupyter/jupyter_server_config\.d/[^/]+\.json$", path):
            settings = json.loads(Path(file.locate()).read_text(encoding="utf-8"))
            yield from settings.get("ServerApp", {}).get("jpserver_extensions", {})


def test_only_what_learners_need_is_switched_on():
    for_learners = needed("lossutils[learn]")
    others = [one for one in importlib.metadata.distributions() if canonicalize_name(one.name) not in for_learners]
    brought = {name for distribution in others for name in extensions(distribution)}
    assert brought == {*lab.WINDOWS, *lab.SERVERS}, "tools/setup/lab.py names what tests and teachers bring"


def test_jupyter_itself_finds_them_switched_off(tmp_path, monkeypatch):
    from jupyter_server.extension.config import ExtensionConfigManager
    from jupyterlab_server.config import get_static_page_config

    lab.settle(tmp_path)
    for distribution in ("nbgrader", "notebook"):
        for file in importlib.metadata.files(distribution):
            if "etc/jupyter/jupyter_server_config.d" in file.as_posix():
                target = tmp_path / "etc/jupyter/jupyter_server_config.d" / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.locate(), target)
    manager = ExtensionConfigManager(read_config_path=[str(tmp_path / "etc/jupyter")])
    assert manager.get_jpserver_extensions() == dict.fromkeys(lab.SERVERS, False)
    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [str(tmp_path / "etc/jupyter")])
    assert get_static_page_config(level="sys_prefix")["disabledExtensions"] == dict.fromkeys(lab.WINDOWS, True)


def test_settings_that_are_there_are_not_written_again(tmp_path, monkeypatch):
    lab.settle(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.json")) == sorted(Path(name).name for name in lab.SETTINGS)
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: pytest.fail("written again"))
    lab.settle(tmp_path)


def test_an_environment_that_cannot_be_written_to_stops_nobody(tmp_path, monkeypatch):
    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)  # permission bits would not stop root
    lab.settle(tmp_path)
    assert list(tmp_path.iterdir()) == []
