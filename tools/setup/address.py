"""Where the course lives on the web. It stands once, in pyproject.toml; a copy that lives nowhere has none."""

import re
import tomllib
from typing import NamedTuple
from urllib.parse import quote

from tools.setup.project_files import git

HOST = r"(?:[\w-]+\.)+[a-z]{2,}"
FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"https://(?:[^/@]*@)?(?P<host>{HOST}(?::\d+)?)/(?P<path>.+)",  # what stands before @ may be a password
        rf"ssh://(?:[^/@]*@)?(?P<host>{HOST})(?::\d+)?/(?P<path>.+)",
        rf"(?:[\w.-]+@)?(?P<host>{HOST}):(?P<path>[^/].*)",
    )
)
NAMES = re.compile(r"[\w~][\w.~-]*(?:/[\w~][\w.~-]*)+", re.ASCII)


class Address(NamedTuple):
    """The repository of the course on a host such as GitHub or GitLab."""

    host: str
    path: str  # owner/name, on GitLab perhaps group/subgroup/name

    @property
    def url(self):
        return f"https://{self.host}/{self.path}"

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    def binder(self, file):
        """The address that opens a file of the course in JupyterLab on Binder."""
        hosts = {"github.com": f"gh/{self.path}", "gitlab.com": f"gl/{quote(self.path, safe='')}"}
        repository = hosts.get(self.host, f"git/{quote(self.url, safe='')}")
        return f"https://mybinder.org/v2/{repository}/HEAD?urlpath=lab/tree/{file}"

    def colab(self, file):
        """The address that opens a file of the course on Google Colab, which reads GitHub only; else None."""
        github = self.host == "github.com"
        return f"https://colab.research.google.com/github/{self.path}/blob/main/{file}" if github else None


def parsed(text):
    """The address in what a person copies or git keeps (https or ssh, `.git` at its end or not); None if it is none."""
    for form in FORMS:
        if found := form.fullmatch(text.strip()):
            host = found["host"].lower().removeprefix("www.")
            path = found["path"].rstrip("/").removesuffix(".git")
            whole = NAMES.fullmatch(path) and (host != "github.com" or path.count("/") == 1)
            return Address(host, path) if whole else None
    return None


def kept(root):
    """The address that pyproject.toml says, or None."""
    file = root / "pyproject.toml"
    project = tomllib.loads(file.read_text(encoding="utf-8"))["project"] if file.exists() else {}
    return parsed(project.get("urls", {}).get("Repository", ""))


def of_the_remote(root):
    """The address that git calls origin, or None: a clone of a folder has come from no address."""
    return parsed(git(root, "config", "--get", "remote.origin.url") or "")
