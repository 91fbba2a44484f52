"""A table of measurements: columns by name, and what is known about each."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np


class NoSuchColumn(KeyError):
    """A column was asked for that the data set doesn't have."""

    __str__ = Exception.__str__  # KeyError prints the repr of its message: quotes around a sentence


@dataclass(frozen=True, eq=False, repr=False)
class Dataset(dict):
    """A table of measurements that knows its units, its source and its licence.

    `ds["name"]` is a column as an array of shape (n,); a block of columns, such as the pixels of images, has (n, k).
    `ds.matrix("a", "b")` puts columns side by side, shape (n, 2), as floats. `len(ds)` is n.
    `ds.labels["name"]` says what the numbers of a coded column mean. Every array is a fresh copy.
    `pd.DataFrame(ds)` is the table in pandas, `dict(ds)` a dict of its columns; there a block is k single columns,
    "pixels_00", "pixels_01" and so on.
    """

    name: str
    title: str
    description: str
    source: str
    licence: str
    units: dict  # column -> unit
    meanings: dict  # column -> what was measured
    labels: dict  # column -> {code: meaning}, for coded columns only
    _arrays: dict

    def __post_init__(self):
        """Hold the single columns as a dict does, since pandas reads no other table by name; nobody writes there."""
        for column, array in self._arrays.items():
            for name, values in _single_columns(column, array):
                values.flags.writeable = False
                super().__setitem__(name, values)

    @property
    def columns(self):
        """The names of the columns, in the order of the file."""
        return tuple(self._arrays)

    def __len__(self):
        return len(next(iter(self._arrays.values())))

    def __iter__(self):  # without it, dict(ds) would take the arrays themselves, not copies
        return iter(self.keys())

    def __contains__(self, column):
        return column in self.columns or column in tuple(self)

    def __getitem__(self, column):
        if column not in self:
            raise NoSuchColumn(f"{self.name} has no column {column!r}; it has {', '.join(self.columns)}")
        return (self._arrays[column] if column in self.columns else super().__getitem__(column)).copy()

    def get(self, column, default=None):
        """The column as an array, or `default` if there is none of this name."""
        if column not in self:
            return default
        return self[column]

    def items(self):
        """The single columns: pairs of name and array, each a copy."""
        return dict(self).items()

    def values(self):
        """The single columns without their names, each a copy."""
        return dict(self).values()

    def _refuse_change(self, *_args, **_named):
        raise TypeError(
            f"{self.name} stays as it was measured; make a table of your own: dict(data.{self.name}()) or "
            f"pd.DataFrame(data.{self.name}())"
        )

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse_change
    __eq__, __ne__, __hash__ = object.__eq__, object.__ne__, object.__hash__  # two tables are not compared by number

    def copy(self):
        """A dict of the columns, to change as you like."""
        return dict(self)

    def __reduce__(self):
        return Dataset, tuple(getattr(self, field.name) for field in fields(self))

    def __array__(self, dtype=None, copy=None):
        raise TypeError(f'{self.name} is a table, not an array; take a column: {self.name}["{self.columns[0]}"]')

    def matrix(self, *columns):
        """The named columns side by side, as floats: shape (n, k)."""
        arrays = [self[column] for column in columns]
        if not arrays or any(array.dtype.kind == "U" for array in arrays):
            raise TypeError(f"{self.name}: a matrix needs the names of one or more columns that hold numbers")
        return np.column_stack(arrays).astype(float)

    def __repr__(self):
        names = self.columns if len(self.columns) <= 6 else (*self.columns[:3], "…", self.columns[-1])
        return f"<Dataset {self.name}: {len(self)} rows of {', '.join(names)}>"

    def _repr_markdown_(self):
        head = f"**{self.title}** · `data.{self.name}()` · {len(self)} rows\n\n{self.description}\n"
        table = ["| column | what | unit | min | median | max |", "|:--|:--|:--|--:|--:|--:|"]
        table += [self._card_row(column) for column in self.columns]
        codes = [f"`{c}`: " + "; ".join(f"{k} = {v}" for k, v in names.items()) for c, names in self.labels.items()]
        foot = f"*Source:* {self.source}. *Licence:* {self.licence}."
        return "\n\n".join([head.strip(), "\n".join(table), *codes, foot])

    def _card_row(self, column):
        values = self._arrays[column]
        if values.dtype.kind == "U":
            numbers = f"{len(np.unique(values))} different | | "
        else:
            numbers = " | ".join(f"{f(values):.5g}" for f in (np.min, np.median, np.max))
        return f"| `{column}` | {self.meanings[column]} | {self.units[column]} | {numbers} |"


def _single_columns(column, array):
    """Pairs of name and (n,) view: the column itself, or those of a block, numbered as the file numbers them."""
    if array.ndim == 1:
        return [(column, array[:])]
    return [(f"{column}_{k:02d}", array[:, k]) for k in range(array.shape[1])]
