"""What `import lossutils` costs beside `import numpy`, each in fresh processes that take turns.

python benchmarks/importing.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time


def seconds(module: str) -> float:
    """Return the time of a fresh process that imports one module."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    modules = ("sys", "numpy", "lossutils")
    least = dict.fromkeys(modules, float("inf"))
    for _ in range(rounds):
        for module in modules:
            least[module] = min(least[module], seconds(module))
    numpy, ours = least["numpy"] - least["sys"], least["lossutils"] - least["sys"]
    print(
        f"an empty process {1000 * least['sys']:.0f} ms; on top: numpy {1000 * numpy:.0f}, lossutils {1000 * ours:.0f}"
    )
    print(f"lossutils / numpy: {ours / numpy:.2f} on top, {least['lossutils'] / least['numpy']:.2f} with the process")


if __name__ == "__main__":
    main()
