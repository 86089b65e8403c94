# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's own table of operations, as `man/reference rows` prints it."""

import subprocess
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Param:
    name: str
    kind: str
    flags: frozenset
    fallback: str  # None: required


@dataclass
class Operation:
    name: str
    module: str
    flags: frozenset
    params: list = field(default_factory=list)

    def numpy_function(self):
        """What NumPy has under the name, or None."""
        found = np
        for part in self.module.split(".")[1:] + [self.name]:
            found = getattr(found, part, None)
        return found


def read_table(command):
    text = subprocess.run([command, "rows"], check=True, capture_output=True,
                          text=True).stdout
    table = []
    for line in text.splitlines():
        cells = line.split("\t")
        flags = frozenset(cells[3].split())
        if cells[0] == "op":
            table.append(Operation(cells[1], cells[2], flags))
        else:
            fallback = None if cells[4] == "" else cells[4]
            table[-1].params.append(Param(cells[1], cells[2], flags, fallback))
    return table
