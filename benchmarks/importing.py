"""What `import lossutils` costs beside `import numpy`, each in fresh processes that take turns.

python benchmarks/importing.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time


def seconds(module: str, compiled: str) -> float:
    """Return the time of a fresh process that imports one module; `compiled` is a folder for its bytecode."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    command = [sys.executable, "-c", f"import {module}"]
    subprocess.run(command, check=True, env=variables | {"PYTHONPYCACHEPREFIX": compiled})
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    modules = ("sys", "numpy", "lossutils")
    least = dict.fromkeys(modules, float("inf"))
    with tempfile.TemporaryDirectory() as compiled:
        for _ in range(rounds):
            for module in modules:
                least[module] = min(least[module], seconds(module, compiled))
    numpy, ours = least["numpy"] - least["sys"], least["lossutils"] - least["sys"]
    print(
        f"an empty process {1000 * least['sys']:.0f} ms; on top: numpy {1000 * numpy:.0f}, lossutils {1000 * ours:.0f}"
    )
    print(f"lossutils / numpy: {ours / numpy:.2f} on top, {least['lossutils'] / least['numpy']:.2f} with the process")


if __name__ == "__main__":
    main()
